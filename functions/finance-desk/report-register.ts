import {
  type RegisterRow,
  type RegisterTotals,
  registerRowsOf,
  startRegisterTotals,
} from '#shared/domain/register-report.ts';
import { type ReportNeeds, type ReportScope, type SeriesFinding, walkOrganisation } from './walk-organisation.ts';

export interface RegisterReport {
  readonly totals: RegisterTotals;
  readonly series: readonly SeriesFinding[];
}

/** The register of receipts (bảng kê biên lai): its rows are written as they are read, its sums come last. */
export async function reportRegister(
  scope: ReportScope,
  writeRow: (row: RegisterRow) => Promise<void>,
  needs: ReportNeeds,
): Promise<RegisterReport> {
  const totals = startRegisterTotals();
  const series = await walkOrganisation(
    scope,
    async (receipt) => {
      totals.add(receipt);
      for (const row of registerRowsOf(receipt)) await writeRow(row);
    },
    needs,
  );
  return { totals: totals.conclude(), series };
}
