import type { DayFigures, Tally } from '#schemas/balance-proof.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import type { LedgerRow } from './ledger-day.ts';

/** What the ledger by itself comes to on a day, before any row was matched. */
export function ledgerFiguresOf(rows: readonly LedgerRow[], day: BusinessDate): DayFigures['ledger'] {
  const ofDay = rows.filter(({ businessDate }) => businessDate === day);
  const paid = ofDay.filter(({ state }) => state === 'paid');
  return {
    paid: tallyOf(paid),
    otherMoney: tallyOf(ofDay.filter(({ state }) => state === 'surplus' || state === 'wrong-amount')),
    suspense: tallyOf(ofDay.filter(({ state }) => state === 'suspense')),
    refunded: tallyOf(ofDay.filter(({ state }) => state === 'refunded')),
    receipted: tallyOf(paid.filter(({ receipt }) => receipt !== null)),
    confirmed: tallyOf(paid.filter(({ isConfirmed }) => isConfirmed)),
    unconfirmed: tallyOf(paid.filter(({ isConfirmed }) => !isConfirmed)),
  };
}

function tallyOf(rows: readonly LedgerRow[]): Tally {
  return { count: rows.length, sum: rows.reduce((sum, { amountVnd }) => sum + amountVnd, 0) };
}
