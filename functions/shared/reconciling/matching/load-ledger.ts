import * as z from 'zod/mini';
import type { BusinessDate } from '#schemas/ids.ts';
import type { StatementFault } from '#shared/domain/statement.ts';
import { businessDateSql, movedSql, vietnamMinutes } from '../day-sql.ts';
import { type Engine, quoted } from '../engine.ts';
import type { RefusedStatement } from '../statements/fault-list.ts';
import { faultyRowSql, listBrokenLines, listFaultyRows } from './ledger-faults.ts';
import { dossierColumn, findEmptyLine, type LedgerHead, readLedgerHead, surveyLedger } from './ledger-file.ts';
import { stateSql } from './ledger-words.ts';

export type LoadedLedger = { readonly kind: 'loaded'; readonly rows: number } | RefusedStatement;

/**
 * Reads a ledger file into the table `ledger(reference, transaction_id, amount, state, paid_at, business_date, receipt,
 * dossier)`. The line of a row is its `rowid + 2`: a column of its own would cost a pass over a million rows.
 * @param order.day books rows that name no time, which rows without money may
 */
export async function loadLedger(
  engine: Engine,
  path: string,
  { day }: { readonly day: BusinessDate },
): Promise<LoadedLedger> {
  const reading = await readLedgerHead(path);
  if ('fault' in reading) return refused(reading.fault);
  const { head } = reading;
  const [signs, isRead] = await Promise.all([surveyLedger(path), readRows(engine, path, head, day)]);
  const emptyLine = signs.mayHaveEmptyLines ? await findEmptyLine(path) : undefined;
  if (emptyLine !== undefined) return refused(emptyLineFault(emptyLine));
  if (!isRead) return listBrokenLines(engine, sourceSql(path, head, 'store_rejects = true'));
  const { rows, faulty } = await engine.row(
    z.object({ rows: z.number(), faulty: z.number() }),
    `SELECT count(*) AS rows, count(*) FILTER (WHERE ${faultyRowSql(signs)}) AS faulty FROM ledger`,
  );
  if (faulty > 0) return listFaultyRows(engine, sourceSql(path, head));
  if (signs.mayBeDressed) await undress(engine);
  return { kind: 'loaded', rows };
}

function emptyLineFault(line: number): StatementFault {
  const says = 'Dòng trống giữa tệp sổ: có thể tệp bị ghép hay cắt; xuất lại sổ của ngày.';
  return { line, code: 'layout', says };
}

/** @returns false when the file cannot be taken apart into columns */
async function readRows(engine: Engine, path: string, head: LedgerHead, day: BusinessDate): Promise<boolean> {
  try {
    await engine.run(`
      CREATE OR REPLACE TABLE ledger AS
      SELECT reference, transaction_id, ${amountSql} AS amount, state, paid_at, ${dateSql(day)} AS business_date, receipt, dossier
      FROM (
        SELECT reference, gatewayTxnId AS transaction_id, amountVnd, TRY_CAST(amountVnd AS BIGINT) AS amount_cast,
          ${stateSql} AS state, ${paidAtSql} AS paid_at, receipt,
          ${head.columns.includes(dossierColumn) ? dossierColumn : 'NULL::VARCHAR'} AS dossier
        FROM ${sourceSql(path, head)}
      )`);
    return true;
  } catch (fault) {
    if (unreadable.test(String(fault))) return false;
    throw fault;
  }
}

/** How DuckDB begins what it says of a file that it cannot take apart. */
const unreadable = /CSV (Error|Parser)|Invalid unicode/i;

/** A cast alone would take `12.5` for 13 and `1e3` for 1000; a text that the number gives back is that number. */
const amountSql = `CASE
    WHEN CAST(amount_cast AS VARCHAR) = amountVnd AND amount_cast >= 0 THEN amount_cast
    WHEN regexp_full_match(amountVnd, '[0-9]{1,15}') THEN amount_cast END`;

const paidAtCast = 'TRY_CAST(paidAt AS TIMESTAMP)';
const ofVietnam = movedSql(paidAtCast, -vietnamMinutes);

/** What cannot be read becomes the epoch, which is a fault. A cast passes over a zone without a word: it must be known. */
const paidAtSql = `CASE
    WHEN suffix(paidAt, '+07:00') THEN coalesce(${ofVietnam}, TIMESTAMP 'epoch')
    WHEN suffix(paidAt, 'Z') AND strlen(paidAt) >= 20 THEN coalesce(${paidAtCast}, TIMESTAMP 'epoch')
    WHEN paidAt IS NULL THEN NULL
    ELSE coalesce(CASE
      WHEN strlen(paidAt) = 14 THEN ${movedSql("TRY_STRPTIME(paidAt, '%Y%m%d%H%M%S')", -vietnamMinutes)}
      WHEN strlen(paidAt) < 19 THEN NULL
      WHEN regexp_matches(paidAt, '[+-][0-9]{2}(:?[0-9]{2})?$') THEN TRY_CAST(TRY_CAST(paidAt AS TIMESTAMPTZ) AS TIMESTAMP)
      ELSE ${ofVietnam}
    END, TIMESTAMP 'epoch') END`;

const dateSql = (day: BusinessDate) =>
  `CASE WHEN paid_at IS NULL THEN DATE ${quoted(day)} ELSE ${businessDateSql('paid_at', day)} END`;

/** Texts that a spreadsheet or a person dressed up: an apostrophe before, spaces around. Only a few signs sort below 0. */
const dressedTexts = ['reference', 'transaction_id', 'receipt', 'dossier'] as const;
const dressedSql = dressedTexts.map((column) => `${column} < '0' OR suffix(${column}, ' ')`).join(' OR ');

async function undress(engine: Engine): Promise<void> {
  const bare = dressedTexts.map((column) => `${column} = nullif(ltrim(trim(${column}), ''''), '')`);
  await engine.run(`UPDATE ledger SET ${bare.join(', ')} WHERE ${dressedSql}`);
}

/**
 * What DuckDB takes of itself makes it read in pieces that are too small for its tables, and copy every row again. Larger
 * ones would leave a thread without work at the end.
 */
const bufferBytes = 16_000_000;

function sourceSql(path: string, { delimiter, columns }: LedgerHead, more = ''): string {
  const types = columns.map((column) => `${quoted(column)}: 'VARCHAR'`).join(', ');
  const options = [
    `delim = ${quoted(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    'header = false',
    'skip = 1',
    `buffer_size = ${bufferBytes}`,
    more,
  ];
  return `read_csv(${[quoted(path), 'auto_detect = false', ...options, `columns = {${types}}`].filter(Boolean).join(', ')})`;
}

function refused(fault: StatementFault): LoadedLedger {
  return { kind: 'refused', faults: [fault], unlisted: 0 };
}
