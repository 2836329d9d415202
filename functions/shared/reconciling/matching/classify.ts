import * as z from 'zod/mini';
import type { DayFigures, FiguresByClass } from '#schemas/balance-proof.ts';
import { reconciliationClassSchema } from '#schemas/reconciliation.ts';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { type Engine, quoted } from '../engine.ts';
import { isMoneySql } from './ledger-words.ts';
import { makeResult } from './make-result.ts';
import { matchByRules } from './match-by-rules.ts';
import { matchPlainRows } from './match-plain-rows.ts';
import { readStatementFigures } from './side-figures.ts';
import { type ClassifyingOrder, laySidesOut } from './sides.ts';

/** What a day comes to. */
export type Classified = Pick<DayFigures, 'statement' | 'classes' | 'ignored'>;

/**
 * Compares the tables `statement` and `ledger` for one day; statements of neighbouring days were set aside before. It
 * depends on nothing but their rows, and may be asked again when they have changed.
 *
 * Leaves `result` with every row that is more than a plain match, and `matched` with the others.
 */
export async function classify(engine: Engine, order: ClassifyingOrder): Promise<Classified> {
  await laySidesOut(engine, order);
  await matchPlainRows(engine);
  await matchByRules(engine);
  await makeResult(engine, order);
  const ignored = await engine.row(
    z.object({ ignored: z.number() }),
    'SELECT count(*) AS ignored FROM result WHERE class IS NULL',
  );
  await engine.run(`
    DELETE FROM result WHERE class IS NULL;
    CREATE OR REPLACE VIEW matched AS
      SELECT s AS statement_line, l + 2 AS ledger_line, amount, 'reference-and-transaction' AS matched_by
      FROM plain_pair WHERE s > 0
      UNION ALL SELECT statement_line, ledger_line, statement_amount, matched_by FROM result WHERE class = 'KHOP'`);
  return { statement: await readStatementFigures(engine), classes: await readClasses(engine, order), ...ignored };
}

const figuresSchema = z.object({
  class: reconciliationClassSchema,
  count: z.number(),
  sum: z.number(),
  statementVnd: z.number(),
  ledgerVnd: z.number(),
  withoutReceiptVnd: z.number(),
});

/**
 * What is not left is matched plainly. Counts and sums are exact: sums are 128 bits wide, and more than a JavaScript number
 * holds exactly is a fault.
 */
async function readClasses(engine: Engine, { day }: ClassifyingOrder): Promise<FiguresByClass> {
  const isOursToday = `ledger_date = DATE ${quoted(day)} AND ${isMoneySql('ledger_state')}`;
  const rows = await engine.rows(
    figuresSchema,
    `SELECT class, sum(rows) AS count, sum(vnd) AS sum, sum(statement_vnd) AS "statementVnd",
       sum(ledger_vnd) AS "ledgerVnd", sum(without_receipt_vnd) AS "withoutReceiptVnd"
     FROM (
       SELECT class, 1 AS rows, coalesce(statement_amount, ledger_amount) AS vnd,
         CASE WHEN statement_line IS NULL OR statement_status <> 'success' THEN 0
           WHEN statement_kind = 'refund' THEN -statement_amount ELSE statement_amount END AS statement_vnd,
         CASE WHEN NOT coalesce(${isOursToday}, false) THEN 0
           WHEN ledger_state = 'refunded' THEN -ledger_amount ELSE ledger_amount END AS ledger_vnd,
         CASE WHEN ledger_state = 'paid' AND receipt IS NULL THEN ledger_vnd ELSE 0 END AS without_receipt_vnd
       FROM result
       UNION ALL SELECT 'KHOP', rows, vnd, vnd, vnd, 0 FROM (
         SELECT sum(rows) AS rows, coalesce(sum(vnd), 0) AS vnd FROM (
           SELECT count(*) AS rows, sum(amount) AS vnd FROM statement_side WHERE row > 0
           UNION ALL SELECT -count(*), -sum(amount) FROM left_statement WHERE row > 0
         )
       )
     ) GROUP BY class HAVING sum(rows) > 0`,
  );
  const byClass = new Map(rows.map(({ class: name, ...figures }) => [name, figures]));
  return Object.fromEntries(
    reconciliationClasses.flatMap((name) => {
      const figures = byClass.get(name);
      return figures === undefined ? [] : [[name, figures]];
    }),
  );
}
