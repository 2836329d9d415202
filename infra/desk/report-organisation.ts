import { loadSeries } from '#config/series.ts';
import type { Stage } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import type { ReportScope } from '#functions/finance-desk/walk-organisation.ts';
import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import type { OrganisationOptions } from './report-options.ts';

/** Whose receipts a report is made of. */
export type ReportedOrganisation = Pick<ReportScope, 'taxCode' | 'template' | 'series'> & {
  /** Its name as it is on the last day of the report. */
  readonly collector: string;
};

/**
 * Finds the collecting organisation by its tax code, or by series that only it has.
 * @throws Error when none or several fit
 */
export function findOrganisation(
  { mst, series, template }: OrganisationOptions,
  on: BusinessDate,
  stage: Stage,
): ReportedOrganisation {
  const taxCode = mst ?? ownerOf(series ?? [], stage);
  const units = loadUnits(stage).filter((unit) => unit.taxCode === taxCode);
  const unit = units.findLast(({ validFrom }) => validFrom <= on) ?? units[0];
  if (unit === undefined) {
    throw new Error(`MST ${taxCode} không có trong config/${stage}/units.json (no unit with this tax code).`);
  }
  return { taxCode, template, series, collector: unit.name };
}

function ownerOf(series: readonly string[], stage: Stage): TaxCode {
  const owners = new Set(
    loadSeries(stage)
      .filter((one) => series.includes(one.series))
      .map(({ taxCode }) => taxCode),
  );
  const [owner, ...others] = owners;
  if (owner !== undefined && others.length === 0) return owner;
  throw new Error(
    'Cần --mst: không rõ ký hiệu là của tổ chức thu nào (give --mst: the series do not say whose they are).',
  );
}
