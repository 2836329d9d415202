import { faultOfQuarter, periodOf, type Quarter, type UsageRow, usageRowsOf } from '#shared/domain/receipt-usage.ts';
import { type ReportNeeds, type ReportScope, type SeriesFinding, walkOrganisation } from './walk-organisation.ts';

export interface UsageReport {
  readonly rows: readonly UsageRow[];
  readonly series: readonly SeriesFinding[];
}

/**
 * BC26/BLĐT: what was used of each series in a quarter before July 2026.
 * @throws RangeError for a later quarter, which has no such report
 */
export async function reportUsage(
  scope: Omit<ReportScope, 'from' | 'to'> & { readonly quarter: Quarter },
  needs: ReportNeeds,
): Promise<UsageReport> {
  const { quarter, ...organisation } = scope;
  const fault = faultOfQuarter(quarter);
  if (fault !== undefined) throw new RangeError(fault);
  const series = await walkOrganisation({ ...organisation, ...periodOf(quarter) }, () => undefined, needs);
  return { rows: usageRowsOf(series), series };
}
