import type { BusinessDate, Instant, PaymentId } from '#schemas/ids.ts';
import type { ReceiptContent } from '#schemas/receipt.ts';
import type { Charge } from './charge.ts';
import type { Payment } from './payment.ts';
import type { ArchivedDocument, Receipt } from './receipt.ts';
import type { ReceiptRegister, SeriesName } from './receipt-register.ts';
import type { Series } from './series.ts';

/** A document as the archive lists it. */
export interface ListedDocument {
  readonly key: string;
  readonly bytes: number;
  readonly archivedAt: Instant;
}

/** The archive's own list of what it holds, which no restore of the table sets back. */
export interface ArchiveList {
  listSeries(): Promise<readonly SeriesName[]>;
  /** Every document of a series, page by page, in the order of the numbers. */
  listDocuments(series: SeriesName): AsyncIterable<readonly ListedDocument[]>;
}

/** A receipt as the archive alone tells it. */
export interface RecoveredReceipt {
  readonly content: ReceiptContent;
  readonly xml: ArchivedDocument;
  /** Absent when the archive has no page yet. */
  readonly pdf?: ArchivedDocument;
}

export type Recovery =
  | { readonly kind: 'recovered'; readonly receipt: RecoveredReceipt }
  /** What lies there is no receipt that may be believed, or not one that can be written as it is. */
  | { readonly kind: 'refused'; readonly why: string };

/** Reads archived documents, verifies them, and gives back what they were made from. */
export interface ReceiptRecovery {
  recover(xml: ListedDocument, pdf: ListedDocument | undefined): Promise<Recovery>;
}

/** What the restored table still has of a payment. */
export interface PaymentRemains {
  readonly payment: Payment | undefined;
  readonly charges: readonly Charge[];
  readonly receipts: readonly Receipt[];
}

/** What a restore check reads and writes. */
export interface RestoreLedger extends Pick<ReceiptRegister, 'readSeries' | 'readPages'> {
  /** Read consistently. */
  readRemains(paymentId: PaymentId): Promise<PaymentRemains>;
  /** On condition that the series has no row. */
  addSeries(series: Series): Promise<'written' | 'exists'>;
  /** On condition that nothing was numbered from the series since it was read. */
  raiseSeries(series: Series, to: SeriesPosition): Promise<'raised' | 'changed'>;
  /** On condition that it does not exist; the receipt that it replaces is marked with it. */
  addReceipt(receipt: Receipt, replaced: Receipt | undefined): Promise<'written' | 'exists'>;
}

/** How far a series has come. */
export interface SeriesPosition {
  readonly nextNumber: number;
  readonly lastDate: BusinessDate;
}
