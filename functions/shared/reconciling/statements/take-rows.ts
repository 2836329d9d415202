import * as z from 'zod/mini';
import { type BusinessDate, type Instant, instantSchema } from '#schemas/ids.ts';
import type { Engine } from '../engine.ts';
import { FaultList, fileFault, listedFaults } from './fault-list.ts';
import { foldWord } from './fold-text.ts';
import type { ReadingPlan } from './reading-plan.ts';
import { addRepeats } from './repeated-rows.ts';
import { type FaultyRow, faultsOfRow, faultyRowColumns, faultyRowSchema, type Titles } from './row-faults.ts';
import { columnsOf, judgedSql, type RowSource, verdicts } from './statement-sql.ts';

export interface TakeOrder {
  readonly source: RowSource;
  readonly plan: ReadingPlan;
  readonly day: BusinessDate;
  /** Name of the relation that is made. */
  readonly into: string;
  readonly titles: Titles;
  /** Folded beginnings of rows that are sums or notes. */
  readonly summaryWords: readonly string[];
  /** Roles that are checked and not kept. */
  readonly unasked: ReadonlySet<string>;
}

/** What the rows come to. */
export interface RowTotals {
  readonly rows: number;
  readonly faulty: number;
  readonly successCount: number;
  readonly successSumVnd: number;
  /** As written, whatever the status; refunds with their sign. */
  readonly sumVnd: number;
  readonly trailers: number;
  readonly lastLine: number;
  readonly firstPaidAt: Instant | undefined;
  readonly lastPaidAt: Instant | undefined;
}

export interface TakenRows {
  readonly totals: RowTotals;
  readonly faults: FaultList;
}

/**
 * Reads the source into the relation `into`, which is right only when no fault was found. All rows lie in a table of
 * their own, in the file's order, so that a row's number tells its line; `into` shows those that were taken.
 */
export async function takeRows(
  engine: Engine,
  order: TakeOrder,
): Promise<{ readonly totals: RowTotals; readonly faults: FaultList }> {
  const { source, plan, day, into } = order;
  const rows = `${into}_rows`;
  const line = lineSql(source);
  const { kept, shown } = columnsOf(source, order.unasked);
  const asked = source.firstLine === undefined ? ['line', ...kept] : kept;
  await engine.run(`CREATE OR REPLACE TABLE ${rows} AS ${judgedSql(source, plan, day, asked)}`);
  await engine.run(
    `CREATE OR REPLACE VIEW ${into} AS SELECT ${line} AS line, ${shown.join(', ')} FROM ${rows} ` +
      `WHERE verdict = ${verdicts.taken}`,
  );
  const faults = new FaultList();
  const totals = await totalsOf(engine, rows, line);
  if (totals.faulty > 0) await addFaultyRows(engine, order, totals.faulty, faults);
  await addRepeats(engine, into, faults);
  if (!Number.isSafeInteger(totals.sumVnd))
    faults.add(
      fileFault('bad-amount', 'Tổng số tiền lớn quá mức có thể đếm đúng. Hãy xin bên gửi kiểm tra cột số tiền.'),
    );
  return { totals, faults };
}

const totalsSchema = z.object({
  rows: z.int(),
  faulty: z.int(),
  trailers: z.int(),
  lastLine: z.int(),
  successCount: z.int(),
  success: z.string(),
  all: z.string(),
  first: z.nullable(z.string()),
  last: z.nullable(z.string()),
});

async function totalsOf(engine: Engine, table: string, line: string): Promise<RowTotals> {
  const ours = `verdict = ${verdicts.taken}`;
  const signed = "CASE kind WHEN 'refund' THEN -vnd ELSE vnd END";
  const { success, all, first, last, ...counts } = await engine.row(
    totalsSchema,
    // Rows are counted by their words, which are bytes, and the few counts by what is asked: half of what one step takes.
    `SELECT ${countSql(ours)} AS rows, ${countSql(`verdict = ${verdicts.faulty}`)} AS faulty,
      ${countSql(`verdict = ${verdicts.trailer}`)} AS trailers, coalesce(max(last_line), 0) AS "lastLine",
      ${countSql(`${ours} AND status = 'success'`)} AS "successCount",
      CAST(coalesce(sum(${signed}) FILTER (${ours} AND status = 'success'), 0) AS VARCHAR) AS success,
      CAST(coalesce(sum(${signed}) FILTER (${ours}), 0) AS VARCHAR) AS "all",
      strftime(min(first_paid) FILTER (${ours}), '%Y-%m-%dT%H:%M:%S.%gZ') AS "first",
      strftime(max(last_paid) FILTER (${ours}), '%Y-%m-%dT%H:%M:%S.%gZ') AS "last"
      FROM (
        SELECT verdict, status, kind, count(*) AS n, sum(amount) AS vnd, max(${line}) AS last_line,
          min(paid_at) AS first_paid, max(paid_at) AS last_paid
        FROM ${table} GROUP BY verdict, status, kind
      )`,
  );
  return {
    ...counts,
    successSumVnd: Number(success),
    sumVnd: Number(all),
    firstPaidAt: instantOf(first),
    lastPaidAt: instantOf(last),
  };
}

function countSql(which: string): string {
  return `coalesce(sum(n) FILTER (${which}), 0)`;
}

function instantOf(text: string | null): Instant | undefined {
  return text === null ? undefined : instantSchema.parse(text);
}

/** Looks at the rows that could not be taken: empty rows and sums are passed over, the others are faults. */
async function addFaultyRows(engine: Engine, order: TakeOrder, count: number, faults: FaultList): Promise<void> {
  const { source, plan, day, into, titles, summaryWords } = order;
  const relation = numberedSql(source);
  const judged = judgedSql({ ...source, relation }, plan, day, faultyRowColumns(source, plan, day));
  const faulty = await engine.rows(
    faultyRowSchema,
    `SELECT * EXCLUDE (verdict) FROM (${judged}) WHERE verdict = ${verdicts.faulty} ORDER BY line LIMIT ` +
      `${listedFaults}`,
  );
  const passed = faulty.filter((row) => isSummary(row, summaryWords));
  if (passed.length > 0) {
    const lines = passed.map(({ line }) => line).join(', ');
    await engine.run(`UPDATE ${into}_rows SET verdict = ${verdicts.passedOver} WHERE ${lineSql(source)} IN (${lines})`);
  }
  for (const row of faulty) {
    if (passed.includes(row)) continue;
    for (const fault of faultsOfRow(row, titles, day)) faults.add(fault);
  }
  faults.addUnlisted(count - faulty.length);
}

/** A row's line, in the table that keeps the file's order. */
function lineSql({ firstLine }: RowSource): string {
  return firstLine === undefined ? 'line' : `rowid + ${firstLine}`;
}

/** The source with lines, which only its faults need: numbering takes as long as reading. */
function numberedSql({ relation, firstLine }: RowSource): string {
  return firstLine === undefined
    ? relation
    : `(SELECT row_number() OVER () - 1 + ${firstLine} AS line, * FROM ${relation})`;
}

function isSummary({ lead, mark }: FaultyRow, summaryWords: readonly string[]): boolean {
  if (mark !== null) return false;
  const text = foldWord(lead ?? '');
  return text === '' || summaryWords.some((word) => text.startsWith(foldWord(word)));
}
