import type { BusinessDate } from '#schemas/ids.ts';
import type { RuleProfile } from '#schemas/receipt.ts';
import type { Receipt } from './receipt.ts';
import type { NumberRange, SeriesName } from './receipt-register.ts';

/** What the receipts of a series say about its numbers, which must be 1..n without gap or repeat (DESIGN §4 rule 3). */
export interface SeriesProof {
  readonly series: SeriesName;
  readonly count: number;
  /** First and last receipt that were found; absent when there is none. */
  readonly first?: NumberedOn;
  readonly last?: NumberedOn;
  readonly missing: readonly NumberRange[];
  readonly repeated: readonly number[];
  /** Numbers whose date is before that of a lower number. */
  readonly backDated: readonly number[];
  /** A receipt that the counter of the series does not know: the next receipt would repeat its number. */
  readonly beyondCounter?: number;
}

export interface NumberedOn {
  readonly number: number;
  readonly date: BusinessDate;
  readonly profile: RuleProfile;
}

export interface ProofInProgress {
  /** The numbers that are missing between what was taken and this one. */
  gapBefore(number: number): NumberRange | undefined;
  /** In the order of numbers. */
  take(receipt: Receipt): void;
  /** @param lastNumber the number that the series must reach */
  conclude(lastNumber: number, beyondCounter: number | undefined): SeriesProof;
}

/** Collects the proof while receipts pass by: what it keeps grows with the faults, not with the series. */
export function startSeriesProof({ taxCode, template, series }: SeriesName, firstNumber: number): ProofInProgress {
  const missing: NumberRange[] = [];
  const repeated: number[] = [];
  const backDated: number[] = [];
  let count = 0;
  let first: NumberedOn | undefined;
  let last: NumberedOn | undefined;
  const gapBefore = (number: number): NumberRange | undefined => {
    const from = last === undefined ? firstNumber : last.number + 1;
    return number > from ? { from, to: number - 1 } : undefined;
  };
  return {
    gapBefore,
    take({ content: { number, issuedOn, profile } }) {
      const gap = gapBefore(number);
      if (gap !== undefined) missing.push(gap);
      if (number === last?.number) repeated.push(number);
      if (last !== undefined && issuedOn < last.date) backDated.push(number);
      last = { number, date: issuedOn, profile };
      first ??= last;
      count += 1;
    },
    conclude(lastNumber, beyondCounter) {
      const tail = gapBefore(lastNumber + 1);
      return {
        series: { taxCode, template, series },
        count,
        ...(first === undefined || last === undefined ? {} : { first, last }),
        missing: tail === undefined ? missing : [...missing, tail],
        repeated,
        backDated,
        ...(beyondCounter === undefined ? {} : { beyondCounter }),
      };
    },
  };
}

/** No gap, no repeat, no date out of order, nothing beyond the counter. */
export function isWhole({ missing, repeated, backDated, beyondCounter }: SeriesProof): boolean {
  return missing.length + repeated.length + backDated.length === 0 && beyondCounter === undefined;
}
