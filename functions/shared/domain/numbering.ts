import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import { type DeclaredSeries, openingOf } from './declared-series.ts';
import type { Receipt } from './receipt.ts';
import { faultOfSymbols } from './rule-profile.ts';
import type { Series } from './series.ts';

/** A receipt without face value: the only template that this system issues (receipt spec §1.1). */
export const issuedTemplate = 'EBL01';

/** DynamoDB takes 100 actions in a transaction; one of them moves the series. */
export const mostReceiptsAtOnce = 99;
/** Half of what DynamoDB takes in a transaction. */
const mostBytesAtOnce = 2_000_000;

export type SeriesChoice =
  | { readonly kind: 'chosen'; readonly series: Series }
  /** A receipt with a later date exists, so this clock is behind: it passes, or the host is broken. */
  | { readonly kind: 'clock-behind'; readonly why: string }
  /** No series can be issued from until a person opens, registers or declares one. */
  | { readonly kind: 'none-usable'; readonly why: string };

/**
 * The series of an organisation, with those that are declared but not opened in the ledger yet. A registration that the
 * registry takes back counts for an open series too: the tax office may withdraw what it accepted.
 */
export function withDeclared(
  rows: readonly Series[],
  declared: readonly DeclaredSeries[],
  taxCode: TaxCode,
): readonly Series[] {
  const own = declared.filter((one) => one.taxCode === taxCode);
  const known = rows.map((row) => {
    const registration = own.find(({ series }) => series === row.series)?.registration ?? row.registration;
    return registration === 'accepted' ? row : { ...row, registration };
  });
  const missing = own.filter(({ series }) => !rows.some((row) => row.series === series));
  return [...known, ...missing.map(openingOf)];
}

/**
 * Chooses the series of one organisation from which a receipt of a day takes its number: the first by name that may
 * be used. When its range ends, the next one follows (receipt spec §3 rules 7 and 8).
 */
export function chooseSeries(candidates: readonly Series[], date: BusinessDate): SeriesChoice {
  const ahead = candidates.find(({ lastDate }) => lastDate !== undefined && lastDate > date);
  if (ahead !== undefined) {
    return {
      kind: 'clock-behind',
      why: `series ${ahead.series} of ${ahead.taxCode} holds a receipt of ${ahead.lastDate}, but the clock says ${date}, and a receipt is never back-dated: is the clock of this host behind?`,
    };
  }
  const byName = candidates.toSorted((one, other) => (one.series < other.series ? -1 : 1));
  const usable = byName.find((series) => refusalOf(series, date) === undefined);
  if (usable !== undefined) return { kind: 'chosen', series: usable };
  const year = yearOf(date);
  const refusals = byName
    .filter((series) => series.year === year)
    .map((one) => `${one.series} ${refusalOf(one, date)}`);
  return {
    kind: 'none-usable',
    why: `no series can be issued from on ${date} (${refusals.join('; ') || `none of ${year} is declared`}): register a series with the tax office and declare it in series.json`,
  };
}

/** Why no receipt of this day may be numbered from a series; nothing when it may. */
export function refusalOf(series: Series, date: BusinessDate): string | undefined {
  if (series.status === 'closed') return 'is closed';
  // Issue is refused until the tax office has accepted the registration of use (01/ĐKTĐ-CTĐT).
  if (series.registration !== 'accepted') return `has the registration state ${series.registration}`;
  if (series.year !== yearOf(date)) return `is of the year ${series.year}`;
  if (series.nextNumber > series.rangeEnd) return `is used up at ${series.rangeEnd}`;
  return faultOfSymbols(series.template, series.series, date);
}

/** How many of the receipts that wait can be numbered at once: as many as the range and a transaction hold. */
export function roomIn(series: Series): number {
  return Math.min(mostReceiptsAtOnce, series.rangeEnd - series.nextNumber + 1);
}

/** The longest beginning of a list of receipts that one transaction can carry. */
export function fittingBatch(receipts: readonly Receipt[]): readonly Receipt[] {
  let bytes = 0;
  const firstTooMany = receipts.findIndex((receipt, index) => {
    bytes += Buffer.byteLength(JSON.stringify(receipt));
    return index >= mostReceiptsAtOnce || (index > 0 && bytes > mostBytesAtOnce);
  });
  return firstTooMany === -1 ? receipts : receipts.slice(0, firstTooMany);
}

/** From nine tenths of the range on, a person should prepare the next series. */
export function isNearlyUsed(series: Series, lastNumber: number): boolean {
  return lastNumber * 10 >= series.rangeEnd * 9;
}

function yearOf(date: BusinessDate): number {
  return Number(date.slice(0, 4));
}
