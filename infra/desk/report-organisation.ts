import { loadSeries } from '#config/series.ts';
import type { Stage } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import { findOrganisation, type ReportedOrganisation } from '#functions/finance-desk/find-organisation.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import type { OrganisationOptions } from './report-options.ts';

/**
 * Finds the collecting organisation by its tax code, or by series that only it has.
 * @throws Error when none or several fit
 */
export function organisationOf(
  { mst: taxCode, series, template }: OrganisationOptions,
  on: BusinessDate,
  stage: Stage,
): ReportedOrganisation {
  const books = { units: loadUnits(stage), declaredSeries: loadSeries(stage) };
  const finding = findOrganisation({ taxCode, series, template }, on, books);
  switch (finding.kind) {
    case 'found':
      return finding.organisation;
    case 'unknown':
      throw new Error(`MST ${finding.taxCode} không có trong config/${stage}/units.json (no unit with this tax code).`);
    case 'tax-code-needed':
      throw new Error(
        'Cần --mst: không rõ ký hiệu là của tổ chức thu nào (give --mst: the series do not say whose they are).',
      );
  }
}
