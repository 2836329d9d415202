import { type Engine, quoted } from '../engine.ts';
import { classSql } from './class-rules.ts';
import { type ClassifyingOrder, statementOrder } from './sides.ts';
import { addSuggestions } from './suggestions.ts';

/**
 * Lays what was not plainly matched side by side and says of each row what it is: `result`, with the columns of
 * `ReconciledRow` and those of its two days. A row without a class is there too, to be counted.
 */
export async function makeResult(engine: Engine, { day }: ClassifyingOrder): Promise<void> {
  await engine.run(`
    CREATE OR REPLACE TABLE result AS
    SELECT
      ${classSql} AS class,
      matched_by,
      coalesce(l.reference, s.reference) AS reference,
      coalesce(s.transaction_id, l.transaction_id) AS transaction_id,
      CASE WHEN s.row > 0 THEN s.row END AS statement_line,
      s.business_date AS statement_date,
      s.amount AS statement_amount,
      s.status AS statement_status,
      s.kind AS statement_kind,
      l.row + 2 AS ledger_line,
      l.business_date AS ledger_date,
      l.amount AS ledger_amount,
      l.state AS ledger_state,
      coalesce(s.paid_at, l.paid_at) AS paid_at,
      l.receipt AS receipt,
      NULL::VARCHAR AS suggestion
    FROM (${pairedStatementSql}) s FULL JOIN left_ledger l ON l.row = s.paired_with
    WHERE s.row > 0 OR l.business_date = DATE ${quoted(day)}`);
  await addSuggestions(engine);
}

/**
 * The statement's rows with the row of the ledger that each is paired with, and whether it is the second success of its
 * reference, or the very transaction that a neighbour's file lists too. The one that our books have as paid is the
 * first, else the one that came first.
 */
const pairedStatementSql = `
      SELECT s.*, pairing.l AS paired_with, matched_by,
        s.is_money AND s.kind = 'payment' AND s.reference IS NOT NULL AND (
          row_number() OVER (
            PARTITION BY s.reference, s.kind, s.is_money
            ORDER BY l.state IS NOT DISTINCT FROM 'paid' DESC, l.row IS NOT NULL DESC, ${statementOrder('s.')}
          ) > 1
          OR (l.row IS NULL AND s.reference IN (SELECT reference FROM left_ledger WHERE state = 'paid' AND reference IS NOT NULL))
        ) AS is_second,
        s.is_money AND s.transaction_id IS NOT NULL AND l.row IS NULL AND row_number() OVER (
          PARTITION BY s.transaction_id, s.kind, s.is_money
          ORDER BY l.row IS NOT NULL DESC, ${statementOrder('s.')}
        ) > 1 AS is_repeat
      FROM left_statement s LEFT JOIN pairing ON pairing.s = s.row LEFT JOIN left_ledger l ON l.row = pairing.l`;
