import type { Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { type DeclaredSeries, openingOf } from '#shared/domain/declared-series.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock } from '#shared/domain/ports.ts';
import type { SeriesName } from '#shared/domain/receipt-register.ts';
import type { Series } from '#shared/domain/series.ts';
import type { SeriesLedger } from '#shared/domain/series-ports.ts';

export interface ClosingOrder extends SeriesName {
  readonly by: StaffCode;
  readonly why: string;
}

export interface ClosingNeeds {
  readonly ledger: SeriesLedger;
  readonly declaredSeries: readonly DeclaredSeries[];
  readonly clock: Clock;
  readonly logNews: LogNews;
}

export type ClosingAnswer =
  | { readonly kind: 'closed'; readonly series: Series }
  /** It was closed before, and stays as it was closed then. */
  | { readonly kind: 'was-closed'; readonly series: Series }
  | { readonly kind: 'unknown' }
  /** Numbers were taken faster than the series could be closed. */
  | { readonly kind: 'busy' };

/** Receipts may be numbered meanwhile: so often the series is read again, so that its last number is certain. */
const mostTries = 20;

/**
 * Closes a series for good, with its last number, who closed it and why: after a merger or split of units (receipt spec
 * §3 rule 9), or when the tax office takes its registration back. Nothing is issued from it any more.
 */
export async function closeSeries(order: ClosingOrder, needs: ClosingNeeds): Promise<ClosingAnswer> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const answer = await tryToClose(order, needs);
    if (answer.kind !== 'busy') return answer;
  }
  return { kind: 'busy' };
}

async function tryToClose(
  order: ClosingOrder,
  { ledger, declaredSeries, clock, logNews }: ClosingNeeds,
): Promise<ClosingAnswer> {
  const { taxCode, template } = order;
  const row = (await ledger.readSeries(taxCode, template)).find(({ series }) => series === order.series);
  if (row?.status === 'closed') return { kind: 'was-closed', series: row };
  const declared = declaredSeries.find((one) => one.taxCode === taxCode && one.series === order.series);
  const series = row ?? (declared && openingOf(declared));
  if (series === undefined) return { kind: 'unknown' };
  const closing = closingOf(order, series, { isUsed: row?.lastDate !== undefined, at: clock() });
  const closed: Series = { ...series, status: 'closed', closing };
  const answer = row === undefined ? await ledger.addSeries(closed) : await ledger.close(row, closing);
  if (answer === 'exists' || answer === 'changed') return { kind: 'busy' };
  logNews('SERIES_CLOSED', { taxCode, series: order.series, by: order.by, lastNumber: closing.lastNumber });
  return { kind: 'closed', series: closed };
}

function closingOf(
  { by, why }: ClosingOrder,
  { nextNumber }: Series,
  { isUsed, at }: { readonly isUsed: boolean; readonly at: Instant },
): NonNullable<Series['closing']> {
  return { at, by, why, ...(isUsed ? { lastNumber: nextNumber - 1 } : {}) };
}
