import type { TaxCode } from '#schemas/ids.ts';
import type { Series } from './series.ts';

/** What an administrator does with series; opening and numbering belong to the receipts. */
export interface SeriesLedger {
  /** Every series of a collecting organisation and template, read consistently. */
  readSeries(taxCode: TaxCode, template: string): Promise<readonly Series[]>;
  /** On condition that the series has no row: one that is closed before its first number. */
  addSeries(series: Series): Promise<'written' | 'exists'>;
  /** Open → closed, on condition that nothing was numbered since the series was read: the last number is certain. */
  close(series: Series, closing: NonNullable<Series['closing']>): Promise<'closed' | 'changed'>;
}
