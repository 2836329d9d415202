import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import { type CollectingUnit, findUnit } from '#shared/domain/collecting-unit.ts';
import type { DeclaredSeries } from '#shared/domain/declared-series.ts';
import { chooseSeries, isNearlyUsed, issuedTemplate, refusalOf, withDeclared } from '#shared/domain/numbering.ts';
import type { Clock } from '#shared/domain/ports.ts';
import type { Series } from '#shared/domain/series.ts';
import type { SeriesLedger } from '#shared/domain/series-ports.ts';

export interface SeriesListNeeds {
  readonly ledger: Pick<SeriesLedger, 'readSeries'>;
  readonly units: readonly CollectingUnit[];
  readonly declaredSeries: readonly DeclaredSeries[];
  readonly clock: Clock;
}

export interface ListedSeries {
  readonly series: Series;
  /** Whether a number was taken from it, so that the ledger has its row. */
  readonly isOpened: boolean;
  readonly firstNumber: number;
  readonly isOfThisYear: boolean;
  /** Why nothing is issued from it today; nothing when it may be. */
  readonly refusal: string | undefined;
  readonly isNearlyUsed: boolean;
}

/** The series of one collecting organisation, and what an administrator must see to. */
export interface OrganisationSeries {
  readonly taxCode: TaxCode;
  readonly unitCodes: readonly string[];
  /** By name. */
  readonly series: readonly ListedSeries[];
  /** Why no receipt of this organisation can be numbered today; its paid payments wait. */
  readonly standstill: string | undefined;
  /** At the turn of the year receipts would wait: no series of the next year can be issued from. */
  readonly lacksNextYear: boolean;
}

/** Every collecting organisation of today, and every one that has series. */
export async function listSeries(needs: SeriesListNeeds): Promise<readonly OrganisationSeries[]> {
  const { units, declaredSeries, ledger, clock } = needs;
  const today = businessDateOf(clock());
  const owners = new Set([...units, ...declaredSeries].map(({ taxCode }) => taxCode));
  const organisations: OrganisationSeries[] = [];
  for (const taxCode of [...owners].toSorted()) {
    const rows = await ledger.readSeries(taxCode, issuedTemplate);
    organisations.push(describe(taxCode, rows, today, needs));
  }
  return organisations;
}

function describe(
  taxCode: TaxCode,
  rows: readonly Series[],
  today: BusinessDate,
  { units, declaredSeries }: SeriesListNeeds,
): OrganisationSeries {
  const all = withDeclared(rows, declaredSeries, taxCode).toSorted((one, other) =>
    one.series < other.series ? -1 : 1,
  );
  const choice = chooseSeries(all, today);
  const codes = new Set(units.filter((unit) => unit.taxCode === taxCode).map(({ unitCode }) => unitCode));
  const collects = [...codes].some((unitCode) => findUnit(units, unitCode, today).kind === 'found');
  const nextYear = Number(today.slice(0, 4)) + 1;
  return {
    taxCode,
    unitCodes: [...codes],
    series: all.map((series) => ({
      series,
      isOpened: rows.some((row) => row.series === series.series),
      firstNumber:
        declaredSeries.find((one) => one.taxCode === taxCode && one.series === series.series)?.firstNumber ?? 1,
      isOfThisYear: series.year === nextYear - 1,
      refusal: refusalOf(series, today),
      isNearlyUsed: series.status === 'open' && isNearlyUsed(series, series.nextNumber - 1),
    })),
    standstill: collects && choice.kind !== 'chosen' ? choice.why : undefined,
    lacksNextYear: collects && !all.some((series) => series.year === nextYear && isUsable(series)),
  };
}

function isUsable({ status, registration }: Series): boolean {
  return status === 'open' && registration === 'accepted';
}
