import type { BusinessDate } from '#schemas/ids.ts';
import type { NumberRange, ReceiptRegister, SeriesName } from '#shared/domain/receipt-register.ts';

/** Receipts of a series that were made out on some days; what is absent narrows nothing. */
export interface NumbersAsked {
  readonly series: SeriesName;
  readonly numbers: NumberRange;
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
}

/** The numbers of the days asked for. Since dates never decrease with the numbers, a few looks find where they begin. */
export async function findNumbers(
  { series, numbers, from, to }: NumbersAsked,
  register: Pick<ReceiptRegister, 'findFrom'>,
): Promise<NumberRange> {
  const firstOn = (isReached: (date: BusinessDate) => boolean) => findBoundary(series, numbers, isReached, register);
  return {
    from: from === undefined ? numbers.from : await firstOn((date) => date >= from),
    to: to === undefined ? numbers.to : (await firstOn((date) => date > to)) - 1,
  };
}

/** The first number after the last receipt that is not reached yet; one beyond the range when none is reached in it. */
async function findBoundary(
  series: SeriesName,
  numbers: NumberRange,
  isReached: (date: BusinessDate) => boolean,
  register: Pick<ReceiptRegister, 'findFrom'>,
): Promise<number> {
  let low = numbers.from;
  let high = numbers.to + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = (await register.findFrom(series, middle))?.content;
    const isIn = found !== undefined && found.number <= numbers.to;
    if (isIn && isReached(found.issuedOn)) high = middle;
    else low = Math.min(high, (isIn ? found.number : middle) + 1);
  }
  return low;
}
