import { bankFindingsOf } from '#shared/domain/bank-findings.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { anAccountDay, digestNamed, figuresOf, type ReconciliationScene, resultOf } from './reconciliation-scene.ts';

/** What the bank made of a day of 56 000 đồng: 5 000 less than it should have credited. */
export const shortBank = { creditedVnd: 50_000, feeVnd: 1_000, elsewhereVnd: 0, earlierVnd: 0, differenceVnd: -5_000 };

/** A day that was followed to a bank that credited too little, and on to the treasury, which got all of that. */
export async function reconcileShortBank(
  scene: Pick<ReconciliationScene, 'take' | 'run'>,
  address: DayAddress = anAccountDay(),
): Promise<DayAddress> {
  const treasury = { paidInVnd: 50_000, keptVnd: 0, earlierVnd: 0, differenceVnd: 0 };
  const files = { bank: digestNamed('bank'), treasury: digestNamed('pay-in') };
  const sums = bankFindingsOf({ bank: shortBank, treasury }, files);
  await scene.take(address);
  await scene.run(address, resultOf(sums, 'ledger', { ...figuresOf(), bank: shortBank, treasury }));
  return address;
}
