import type { BusinessDate, LookupCode } from '#schemas/ids.ts';
import type { CollectingUnit } from '#shared/domain/collecting-unit.ts';
import type { Correction, CorrectionRefusal } from '#shared/domain/correction.ts';
import type { CorrectionLedger } from '#shared/domain/correction-ports.ts';
import type { DeclaredSeries } from '#shared/domain/declared-series.ts';
import type { ErrorNotice } from '#shared/domain/error-notice.ts';
import type { FeeRow } from '#shared/domain/fee-catalogue.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock, ReceiptArchive, ReceiptLedger } from '#shared/domain/ports.ts';

export interface CorrectionNeeds {
  readonly ledger: CorrectionLedger;
  /** Where the series of an organisation stand. */
  readonly seriesLedger: Pick<ReceiptLedger, 'readSeries' | 'openSeries'>;
  readonly archive: Pick<ReceiptArchive, 'store'>;
  /** The same notice gives the same text. */
  readonly writeNotice: (notice: ErrorNotice) => string;
  readonly units: readonly CollectingUnit[];
  readonly fees: readonly FeeRow[];
  readonly declaredSeries: readonly DeclaredSeries[];
  readonly drawLookupCode: () => LookupCode;
  readonly lookupUrlOf: (code: LookupCode) => string;
  readonly rendererVersion: string;
  readonly clock: Clock;
  /** Waits a random while before a further try, so that rivals spread out. */
  readonly pauseBeforeTry: (tries: number) => Promise<void>;
  readonly logNews: LogNews;
}

/** The correction as it stands after what was asked for, or why nothing was done. */
export type CorrectionAnswer =
  | { readonly kind: 'done'; readonly correction: Correction }
  | { readonly kind: 'refused'; readonly refusal: CorrectionRefusal };

/** An approval met others on its way and must look again. */
export type Step = CorrectionAnswer | 'look-again';

/** Under `notices/`, so that the function which makes them may write nowhere else. */
export function noticeKeyOf({ receipt, correctionId }: Correction, madeOn: BusinessDate): string {
  const { taxCode, template, series, number } = receipt;
  return `notices/${taxCode}/${template}/${series}/${String(number).padStart(8, '0')}-${correctionId}-${madeOn}.xml`;
}
