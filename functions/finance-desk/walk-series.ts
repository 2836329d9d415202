import type { BusinessDate } from '#schemas/ids.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { NumberRange, ReceiptRegister, SeriesName } from '#shared/domain/receipt-register.ts';
import type { Series } from '#shared/domain/series.ts';
import { type SeriesProof, startSeriesProof } from '#shared/domain/series-proof.ts';
import { findNumbers } from '#shared/processes/find-numbers.ts';

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
  const { series, firstNumber: first, from, to } = walk;
  const range = await findNumbers({ series, numbers: { from: first, to: series.nextNumber - 1 }, from, to }, register);
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
