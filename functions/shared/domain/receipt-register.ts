import type { TaxCode } from '#schemas/ids.ts';
import type { ReceiptContent } from '#schemas/receipt.ts';
import type { Receipt } from './receipt.ts';
import type { Series } from './series.ts';

/** What names a series among all of them. */
export type SeriesName = Pick<Series, 'taxCode' | 'template' | 'series'>;

/** Whole numbers from `from` to `to`, both of them included; empty when `to` is below `from`. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** The receipts of a series in the order of their numbers: what reports are made of. */
export interface ReceiptRegister {
  /** Every series of a collecting organisation and template, read consistently. */
  readSeries(taxCode: TaxCode, template: string): Promise<readonly Series[]>;
  /**
   * Receipts page by page, so that a series of any length fits in memory. Which there are, the index says, and it may
   * lag by a moment; what each of them is, its own item says, read consistently.
   */
  readPages(series: SeriesName, numbers: NumberRange): AsyncIterable<readonly Receipt[]>;
  /** The receipt with the lowest number from this one on. An index read: a hint. */
  findFrom(series: SeriesName, number: number): Promise<Receipt | undefined>;
}

/** What the register's index tells of a receipt: a hint, by which its payment is found. */
export type ReceiptHint = Pick<ReceiptContent, 'paymentId' | 'gateway' | 'paidAt'>;

/** The register as it is looked through for payments: index reads only, but for the series. */
export interface ReceiptHints extends Pick<ReceiptRegister, 'readSeries' | 'findFrom'> {
  readHints(series: SeriesName, numbers: NumberRange): AsyncIterable<readonly ReceiptHint[]>;
}
