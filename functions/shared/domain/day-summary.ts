import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import type { ReplacedReceipt } from '#schemas/receipt.ts';
import type { Receipt, ReceiptIdentity } from './receipt.ts';
import { formatReceiptNumber, receiptRulesOn } from './rule-profile.ts';

/** Head of 01/TH-BLĐT, fields [01] to [05]; sent on the day the receipts are made (TT 91/2026/TT-BTC). */
export interface DaySummaryHead {
  /** [01] The period of the data: one day. */
  readonly date: BusinessDate;
  /** Number of the table, counted by the collecting organisation. */
  readonly number: number;
  /** [03] Which amendment; absent when the table is sent for the first time [02]. */
  readonly amendment?: number | undefined;
  /** [04] and [05]. */
  readonly collector: string;
  readonly taxCode: TaxCode;
}

/**
 * Trạng thái, column 9. TT 91/2026 names no values: these are an interpretation, by analogy with the summary of invoices
 * (receipt spec §10.3 [I]), to be confirmed by the tax office. `explained` (giải trình) and `summary-error` (sai sót do
 * tổng hợp) are for whoever sends an amendment; no row of ours gets them by itself.
 */
export type SummaryState = 'new' | 'replacement' | 'explained' | 'summary-error';

/** A receipt that another one refers to. */
export interface RelatedReceipt {
  readonly template: string;
  readonly series: string;
  readonly number: string;
  readonly date: BusinessDate;
}

/** One fee line of a receipt in columns 2 to 13. The rate of exchange is empty, since receipts are in đồng. */
export interface DaySummaryRow {
  readonly receipt: RelatedReceipt;
  readonly feeName: string;
  readonly amountVnd: number;
  readonly state: SummaryState;
  /** Column 10: which period's data an amendment corrects. */
  readonly amendedPeriod?: BusinessDate;
  readonly related?: RelatedReceipt;
  readonly explanation?: string;
  readonly note?: string;
}

/**
 * The rows of a receipt. A replacement names what it replaces, why, and the day in whose table that one stands; the
 * replaced receipt keeps the row it had.
 */
export function daySummaryRowsOf({ content, errorNotice }: Receipt): readonly DaySummaryRow[] {
  const { lines, replaces } = content;
  const shared = {
    receipt: referTo(content),
    ...(replaces === undefined ? ({ state: 'new' } as const) : replacementOf(replaces)),
    ...(errorNotice === undefined ? {} : { note: 'Đã lập thông báo 04/SS-CTĐT' }),
  };
  return lines.map(({ name, amountVnd }) => ({ ...shared, feeName: name, amountVnd }));
}

function replacementOf(replaced: ReplacedReceipt) {
  const { issuedOn: amendedPeriod, reason: explanation } = replaced;
  return { state: 'replacement', amendedPeriod, related: referTo(replaced), explanation } as const;
}

/** Zeros before the number as the rules of its own day want them. */
function referTo({ template, series, number, issuedOn }: ReceiptIdentity): RelatedReceipt {
  return { template, series, number: formatReceiptNumber(number, receiptRulesOn(issuedOn).profile), date: issuedOn };
}
