import type { MatchRule } from '#shared/domain/reconciliation.ts';

/** What two rows must have alike; a row that lacks one of them is left to a later rule. */
type Key = 'kind' | 'reference' | 'transaction_id' | 'business_date' | 'amount' | 'is_money';

/** One way of finding the same money on both sides. */
export interface RowMatching {
  readonly name: MatchRule;
  readonly keys: readonly Key[];
  /** Which rows of a side it is for; SQL over their columns. */
  readonly onlyStatement?: string;
  readonly onlyLedger?: string;
}

/**
 * How rows find each other, in this order (receipt rules §10.2). What one rule has matched no later one sees, and of
 * several rows that are alike the first by time takes the first.
 *
 * A reference alone is believed within a day: it is that of a request, which may be paid twice. On another day it is
 * believed only of rows that have no transaction to be told apart by. Whether amount and state agree comes first only
 * as a preference among several.
 */
export const rowMatchings: readonly RowMatching[] = [
  { name: 'reference-and-transaction', keys: ['kind', 'reference', 'transaction_id'] },
  { name: 'transaction', keys: ['kind', 'transaction_id'] },
  { name: 'reference', keys: ['kind', 'reference', 'business_date', 'is_money', 'amount'] },
  { name: 'reference', keys: ['kind', 'reference', 'business_date', 'is_money'] },
  { name: 'reference', keys: ['kind', 'reference', 'business_date'] },
  { name: 'reference', keys: ['kind', 'reference', 'amount'], onlyLedger: 'transaction_id IS NULL' },
  { name: 'reference', keys: ['kind', 'reference', 'amount'], onlyStatement: 'transaction_id IS NULL' },
  { name: 'reference', keys: ['kind', 'reference'], onlyLedger: 'transaction_id IS NULL' },
  // A payment that the ledger has as paid back, with no refund on the statement: one transaction, told twice.
  { name: 'reference-and-transaction', keys: ['reference', 'transaction_id'] },
];
