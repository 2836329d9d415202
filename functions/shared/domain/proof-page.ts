import type { BalanceProof } from '#schemas/balance-proof.ts';
import type { DayCloseView } from '#schemas/day-close.ts';
import type { BusinessDate, Instant } from '#schemas/ids.ts';
import type { Collector } from '#schemas/receipt.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';

/** What the page of a day's balance says. */
export interface ProofPageFacts {
  readonly gateway: string;
  readonly merchant: string;
  readonly day: BusinessDate;
  readonly proof: BalanceProof;
  /** Absent while nobody has closed the day: the page says so. */
  readonly close: Pick<DayCloseView, 'kind' | 'maker' | 'proposedAt' | 'checker' | 'decidedAt' | 'digest'> | undefined;
  readonly run: number | undefined;
  readonly statement: FileDigest | undefined;
  readonly openExceptions: number;
  /** Staff code of who had it made. */
  readonly madeBy: string;
  readonly madeAt: Instant;
}

/** Prints the page, signed by an organisation or not at all. */
export type PrintProofPage = (facts: ProofPageFacts, organisation: Collector | undefined) => Promise<Uint8Array>;
