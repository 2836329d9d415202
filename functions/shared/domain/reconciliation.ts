import type { ReconciliationClass } from '#schemas/reconciliation.ts';
import { reconciliationClassSchema } from '#schemas/reconciliation.ts';

/** How many rows, and how much money: the gateway's figure where it has the row, ours where only we have it. */
export interface ClassTally {
  readonly count: number;
  readonly sum: number;
}

export type ClassTallies = Readonly<Record<ReconciliationClass, ClassTally>>;

/** All classes in the order of the books. */
export const reconciliationClasses: readonly ReconciliationClass[] = reconciliationClassSchema.options;

/** By which rule two rows were found to be the same money; `suggestion` is a hint for a person and matches nothing. */
export type MatchRule = 'reference-and-transaction' | 'transaction' | 'reference';

/** What the ledger says of a row, in the words of the `state` column of ledger files. */
export const ledgerStates = [
  /** Settled a payment. */
  'paid',
  /** Real money that settled nothing: paid again, another amount, after cancel; a person ends it. */
  'surplus',
  'wrong-amount',
  /** Verified money that names no payment of ours. */
  'suspense',
  /** Money that was paid back. */
  'refunded',
  /** No money as far as we know. */
  'open',
  'review',
  'failed',
  'expired',
  'cancelled',
  'waived',
] as const;
export type LedgerState = (typeof ledgerStates)[number];

/** One row of the result: the two sides beside each other. */
export interface ReconciledRow {
  readonly class: ReconciliationClass;
  readonly matchedBy: MatchRule | null;
  readonly reference: string | null;
  readonly transactionId: string | null;
  readonly statementLine: number | null;
  readonly statementAmountVnd: number | null;
  readonly statementStatus: string | null;
  /** Which way the gateway says that the money went, where it matters: a refund that it lists as a payment is none. */
  readonly statementKind?: 'payment' | 'refund' | null;
  readonly ledgerLine: number | null;
  readonly ledgerAmountVnd: number | null;
  readonly ledgerState: string | null;
  /** When the money was paid, by the gateway's statement, else by the ledger; UTC. Without money there may be no time. */
  readonly paidAt: string | null;
  readonly receipt: string | null;
  /** A reference of ours that the row may belong to, for a person to confirm. */
  readonly suggestion: string | null;
}
