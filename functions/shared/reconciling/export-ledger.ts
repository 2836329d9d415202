import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LedgerRow } from '#shared/domain/ledger-day.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { type Engine, quoted } from './engine.ts';

/**
 * Writes the day's own rows of the ledger for analysts, with what the comparison made of each. Integers stay integers, and
 * instants are instants; of payers the table knows nothing. Reads what `classify` leaves: `ledger`, `result` and `matched`.
 * @param rows what was compared, in the order in which it was loaded
 * @param run whose result it is; stands in the file's own metadata
 * @returns the file, in the folder of the run
 */
export async function exportLedger(
  engine: Engine,
  { gateway, merchant, day }: DayAddress,
  { rows, run }: { readonly rows: readonly LedgerRow[]; readonly run: number },
): Promise<string> {
  const [flags, file] = [join(engine.tempFolder, 'confirmed.csv'), join(engine.tempFolder, 'ledger.parquet')];
  await pipeline(Readable.from(flagsOf(rows)), createWriteStream(flags));
  const about = { gateway, merchant, day, run: String(run) };
  const metadata = Object.entries(about).map(([name, text]) => `${name}: ${quoted(text)}`);
  await engine.run(`
    CREATE OR REPLACE TEMP TABLE confirmed AS
      FROM read_csv(${quoted(flags)}, auto_detect = false, header = false, columns = {'is_confirmed': 'BOOLEAN'});
    COPY (
      SELECT ${quoted(gateway)} AS gateway, ${quoted(merchant)} AS merchant, l.reference, l.transaction_id,
        l.amount AS amount_vnd, l.state, CAST(l.paid_at AS TIMESTAMPTZ) AS paid_at, l.business_date, l.receipt,
        c.is_confirmed, coalesce(r.class, CASE WHEN m.ledger_line IS NOT NULL THEN 'KHOP' END) AS class,
        coalesce(r.matched_by, m.matched_by) AS matched_by,
        coalesce(r.statement_line, m.statement_line) AS statement_line
      FROM ledger l JOIN confirmed c ON c.rowid = l.rowid
        LEFT JOIN result r ON r.ledger_line = l.rowid + 2
        LEFT JOIN matched m ON m.ledger_line = l.rowid + 2
      WHERE l.business_date = DATE ${quoted(day)}
      ORDER BY l.rowid
    ) TO ${quoted(file)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${metadata.join(', ')}});
    DROP TABLE confirmed`);
  return file;
}

const rowsAtOnce = 10_000;

/** What the file of the ledger has no column for. */
function* flagsOf(rows: readonly LedgerRow[]): Generator<string> {
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    yield rows
      .slice(first, first + rowsAtOnce)
      .map(({ isConfirmed }) => `${isConfirmed}\n`)
      .join('');
  }
}
