import type { DayComparison } from '#shared/domain/day-comparison.ts';
import type { LedgerRow } from '#shared/domain/ledger-day.ts';
import type { LedgerExports } from '#shared/domain/ledger-export.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { ReconciliationRun } from '#shared/domain/reconciliation-run.ts';
import { addressOf } from '#shared/domain/statement-day.ts';
import type { RecordingNeeds } from '#shared/processes/record-reconciliation.ts';

export interface ExportingNeeds {
  readonly exports: LedgerExports;
  readonly recording: Pick<RecordingNeeds, 'ledger'>;
  readonly logNews: LogNews;
}

/** How the file for analysts fared; `overtaken`: a later run counts by now, and its file may lie under this one. */
export type Exported = 'exported' | 'overtaken' | { readonly fault: unknown };

/**
 * Puts the day's ledger, as the run that counts has compared it, where analysts find it. Done after each run, also one that
 * found nothing new, so that a run that died before it is made good by the next. What fails here must not keep anybody's
 * payment from being mended: it is given back.
 */
export async function exportDay(
  run: ReconciliationRun,
  { comparison, rows }: { readonly comparison: DayComparison; readonly rows: readonly LedgerRow[] },
  { exports, recording, logNews }: ExportingNeeds,
): Promise<Exported> {
  const address = addressOf(run);
  try {
    await exports.put(address, await comparison.exportLedger(address, { rows, run: run.number }), run.number);
    const day = await recording.ledger.readDay(address);
    if (day?.latest?.number !== run.number) return 'overtaken';
    logNews('LEDGER_EXPORTED', { ...address, run: run.number });
    return 'exported';
  } catch (fault) {
    return { fault };
  }
}
