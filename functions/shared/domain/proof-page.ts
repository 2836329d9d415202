import type { BalanceProof } from '#schemas/balance-proof.ts';
import type { DayCloseView } from '#schemas/day-close.ts';
import type { BusinessDate, Instant } from '#schemas/ids.ts';
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
  /** Of a closed day: as they were when it was closed. */
  readonly openExceptions: number | undefined;
  /** Staff code of who had it made; nothing for the page that is signed and archived, which nobody asks for. */
  readonly madeBy: string | undefined;
  readonly madeAt: Instant;
}

/** Draws the page without a signature. */
export type DrawProofPage = (facts: ProofPageFacts) => Promise<Uint8Array>;
