import type { PaymentId } from '#schemas/ids.ts';
import type { Correction } from './correction.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Receipt } from './receipt.ts';
import type { Series } from './series.ts';

/** A payment with what was proposed about its receipts. */
export interface CorrectionCase {
  readonly record: PaymentRecord;
  readonly corrections: readonly Correction[];
}

/** A decision on a correction that was read: the write holds only while it is still the same, and by another person. */
export interface CorrectionDecision {
  readonly before: Correction;
  readonly after: Correction;
}

export interface ReplacementMove extends CorrectionDecision {
  /** As it was read: the write holds only while nothing else about it has moved, so that its money is counted once. */
  readonly record: PaymentRecord;
  readonly series: Series;
  readonly wrong: Receipt;
  /** The next revision, with the next number of the series. */
  readonly replacement: Receipt;
}

/** What corrections of receipts read and write. */
export interface CorrectionLedger {
  /** Read consistently. */
  readCase(paymentId: PaymentId): Promise<CorrectionCase | undefined>;
  /** On condition that its id is new. */
  propose(correction: Correction): Promise<'written' | 'exists'>;
  reject(decision: CorrectionDecision): Promise<'written' | 'changed'>;
  /** Ends the correction and marks the receipt, which stands. */
  recordNotice(decision: CorrectionDecision, receipt: Receipt): Promise<'written' | 'changed'>;
  /**
   * One transaction (DESIGN §3): the number is taken from the series, the next revision written on condition that there
   * is none, the wrong receipt marked on condition that it is not replaced yet, the correction ended, and the payment due.
   */
  replace(move: ReplacementMove): Promise<'written' | 'changed' | 'series-moved'>;
  /** What waits for a second person, oldest first. An index read: a hint, no permission. */
  findOpen(): Promise<readonly Correction[]>;
}
