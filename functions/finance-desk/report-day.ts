import type { BusinessDate } from '#schemas/ids.ts';
import { type DaySummaryRow, daySummaryRowsOf } from '#shared/domain/day-summary.ts';
import { type ReportNeeds, type ReportScope, type SeriesFinding, walkOrganisation } from './walk-organisation.ts';

/** The rows of 01/TH-BLĐT: every receipt that an organisation made on a day. */
export async function reportDay(
  scope: Omit<ReportScope, 'from' | 'to'> & { readonly date: BusinessDate },
  writeRow: (row: DaySummaryRow) => Promise<void>,
  needs: ReportNeeds,
): Promise<readonly SeriesFinding[]> {
  const { date, ...organisation } = scope;
  return walkOrganisation(
    { ...organisation, from: date, to: date },
    async (receipt) => {
      for (const row of daySummaryRowsOf(receipt)) await writeRow(row);
    },
    needs,
  );
}
