import { type LedgerState, ledgerStates } from '#shared/domain/reconciliation.ts';
import { quoted, wordSql } from '../engine.ts';

/** Other words for the states of a ledger, as exports of other systems write them; capitals do not matter. */
const otherWords: Partial<Readonly<Record<LedgerState, readonly string[]>>> = {
  paid: ['settled', 'success', 'succeeded', 'successful', 'completed', 'đã thanh toán', 'thành công'],
  refunded: ['refund', 'hoàn tiền', 'đã hoàn tiền'],
  open: ['pending', 'created', 'started', 'processing', 'chờ thanh toán', 'đang xử lý'],
  failed: ['failure', 'fail', 'error', 'thất bại'],
  cancelled: ['canceled', 'đã hủy', 'hủy'],
  'wrong-amount': ['wrong_amount'],
};

/** The state of a row, or NULL for a word that we do not know. The usual word is looked at first, a million times. */
export const stateSql = [
  `CASE WHEN state = 'paid' THEN ${wordSql('paid', ledgerStates)} ELSE CASE lower(trim(state))`,
  ...ledgerStates.flatMap((state) =>
    [state, ...(otherWords[state] ?? [])].map((word) => `WHEN ${quoted(word)} THEN ${wordSql(state, ledgerStates)}`),
  ),
  'END END',
].join(' ');

/** In which states there is money, ours to account for. */
const moneyStates: readonly LedgerState[] = ['paid', 'surplus', 'wrong-amount', 'suspense', 'refunded'];

/** Whether a row of the ledger stands for money. DuckDB would make a join of an IN with so many words. */
export function isMoneySql(state: string): string {
  return `(${moneyStates.map((word) => `${state} = ${quoted(word)}`).join(' OR ')})`;
}
