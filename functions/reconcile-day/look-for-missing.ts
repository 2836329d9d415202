import { bankFilesDueOn, daysComparedWith } from '#shared/domain/bank-days.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock } from '#shared/domain/ports.ts';
import type { ReconciliationLedger } from '#shared/domain/reconciliation-ports.ts';
import { accountsOn, type ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import { addressOf, type DayAddress, isWithoutMoney } from '#shared/domain/statement-day.ts';
import { dayAfter, fileDueAt } from '#shared/domain/working-days.ts';

export interface LookNeeds {
  readonly ledger: Pick<ReconciliationLedger, 'readDay'>;
  readonly settings: ReconciliationSettings;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** Who has not seen to a missing file in a week does not forget it: the day cannot be closed without one. */
const daysBack = 7;

/**
 * The accounts and days whose statement is overdue, of gateways and of banks. A gateway's day that two persons closed
 * without one misses none.
 */
export async function lookForMissing(needs: LookNeeds): Promise<readonly DayAddress[]> {
  const now = needs.clock();
  const missing: DayAddress[] = [];
  for (let back = 1; back <= daysBack; back += 1) {
    const day = dayAfter(businessDateOf(now), -back);
    if (fileDueAt(needs.settings, day) > now) continue;
    for (const account of accountsOn(needs.settings, day)) {
      const address = { ...account, day };
      const state = await needs.ledger.readDay(address);
      if (state?.file === undefined && state?.closing === undefined) missing.push(addressOf(address));
    }
    for (const address of bankFilesDueOn(needs.settings, day)) {
      if (await lacksBank(address, needs)) missing.push(address);
    }
  }
  for (const address of missing) needs.logNews('STATEMENT_MISSING', { ...address });
  return missing;
}

/** A bank has no statement to send for days on which nothing was paid. */
async function lacksBank(address: DayAddress, { ledger, settings }: LookNeeds): Promise<boolean> {
  if ((await ledger.readDay(address))?.file !== undefined) return false;
  for (const day of daysComparedWith(settings, { account: address.merchant, day: address.day })) {
    if (!isWithoutMoney(await ledger.readDay(day))) return true;
  }
  return false;
}
