import type { BusinessDate } from '#schemas/ids.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { NumberRange, ReceiptRegister, SeriesName } from '#shared/domain/receipt-register.ts';
import type { Series } from '#shared/domain/series.ts';
import { type SeriesProof, startSeriesProof } from '#shared/domain/series-proof.ts';

export interface WalkNeeds {
  readonly register: ReceiptRegister;
  /** Waits before the index is asked again for a number that it did not have. */
  readonly pauseBeforeTry: (tries: number) => Promise<void>;
  /** Told after each page how many receipts it had, for those who wait. */
  readonly tellProgress: (receipts: number) => void;
}

/** Which receipts of a series: those of some days, or all. */
export interface Walk {
  /** As it was read before the walk; receipts numbered since belong to the next report. */
  readonly series: Series;
  readonly firstNumber: number;
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
}

/** An index follows its table within moments; so many are waited before a number is called missing (DESIGN §4 rule 9). */
const mostWaits = 6;

/**
 * Visits the receipts of a series in the order of their numbers and proves that none is missing. Every number that the
 * series gave out belongs to exactly one period, also one that no receipt is found for.
 */
export async function walkSeries(
  walk: Walk,
  visit: (receipt: Receipt) => Promise<void> | void,
  needs: WalkNeeds,
): Promise<SeriesProof> {
  const { register } = needs;
  const range = await rangeOf(walk, register);
  const proof = startSeriesProof(walk.series, range.from);
  const lookAgain = makeSecondLook(walk.series, needs);
  const take = async (receipts: readonly Receipt[]) => {
    for (const receipt of receipts) {
      proof.take(receipt);
      await visit(receipt);
    }
  };
  for await (const page of register.readPages(walk.series, range)) {
    for (const receipt of page) {
      await take(await lookAgain(proof.gapBefore(receipt.content.number)));
      await take([receipt]);
    }
    needs.tellProgress(page.length);
  }
  await take(await lookAgain(proof.gapBefore(range.to + 1)));
  return proof.conclude(range.to, await findBeyondCounter(walk.series, register));
}

/** The numbers of the days asked for. Since dates never decrease with the numbers, a few looks find where they begin. */
async function rangeOf({ series, firstNumber, from, to }: Walk, register: ReceiptRegister): Promise<NumberRange> {
  const numbers = { from: firstNumber, to: series.nextNumber - 1 };
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
  register: ReceiptRegister,
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

/**
 * Asks again for numbers that the index did not have: it may only have been late. The waits are those of the whole walk,
 * since what was numbered before it began is as old for the last gap as for the first.
 */
function makeSecondLook(series: SeriesName, { register, pauseBeforeTry }: WalkNeeds) {
  let waits = 0;
  return async (gap: NumberRange | undefined): Promise<readonly Receipt[]> => {
    if (gap === undefined) return [];
    for (;;) {
      const found: Receipt[] = [];
      for await (const page of register.readPages(series, gap)) found.push(...page);
      if (found.length > gap.to - gap.from || waits === mostWaits) return found;
      waits += 1;
      await pauseBeforeTry(waits);
    }
  };
}

/** A receipt beyond the counter is accused only when the counter, read again, has not passed it meanwhile. */
async function findBeyondCounter(series: Series, register: ReceiptRegister): Promise<number | undefined> {
  const beyond = (await register.findFrom(series, series.nextNumber))?.content.number;
  if (beyond === undefined) return undefined;
  const now = await register.readSeries(series.taxCode, series.template);
  const nextNumber = now.find((one) => one.series === series.series)?.nextNumber ?? 0;
  return beyond >= nextNumber ? beyond : undefined;
}
