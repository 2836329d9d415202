import type { BusinessDate, GatewayName, Instant, MerchantName } from '#schemas/ids.ts';
import type { FileDigest } from '#schemas/reconciliation.ts';

/** One merchant account at a gateway: what statements are made out for, and days are reconciled by. */
export interface MerchantAccountName {
  readonly gateway: GatewayName;
  readonly merchant: MerchantName;
}

/** One line of a gateway's statement, whatever layout it came in. */
export interface StatementRow {
  /** In the file as it was received, the first line is 1; of a sheet, the row. */
  readonly line: number;
  /** Our reference as the gateway repeats it; `null` where the row has none. */
  readonly reference: string | null;
  readonly transactionId: string | null;
  /** By the gateway's clock. */
  readonly paidAt: Instant;
  /** Day of `paidAt` in Asia/Ho_Chi_Minh. */
  readonly businessDate: BusinessDate;
  /** Above 0 also where money went out: `kind` says which way. */
  readonly amountVnd: number;
  readonly kind: 'payment' | 'refund';
  readonly status: 'success' | 'failed' | 'pending';
  readonly bankCode: string | null;
  /** Collecting account that was credited, where the statement says so. */
  readonly account: string | null;
}

/** What keeps a file from being taken: the whole file is refused, with all of these. */
export interface StatementFault {
  /** As in `StatementRow`; 0 for the file as a whole. */
  readonly line: number;
  readonly column?: string;
  readonly code: StatementFaultCode;
  /** Vietnamese, for whoever sent the file: the fault, its likely cause, the next step. */
  readonly says: string;
}

export type StatementFaultCode =
  | 'empty'
  | 'too-large'
  | 'encoding'
  | 'layout'
  | 'other-partner'
  | 'wrong-day'
  | 'truncated'
  | 'wrong-count'
  | 'wrong-total'
  | 'wrong-digest'
  | 'column-missing'
  | 'bad-amount'
  | 'bad-date'
  | 'bad-status'
  | 'bad-text'
  | 'repeated-row'
  | 'formula'
  | 'unsafe-archive'
  | 'unsafe-xml';

/** A file that was read to its end and taken whole. */
export interface StatementSummary {
  readonly digest: FileDigest;
  readonly rows: number;
  readonly successCount: number;
  /** Payments that succeeded less refunds that succeeded. */
  readonly successSumVnd: number;
  readonly firstPaidAt: Instant | undefined;
  readonly lastPaidAt: Instant | undefined;
}
