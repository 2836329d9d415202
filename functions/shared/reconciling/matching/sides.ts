import type { BusinessDate } from '#schemas/ids.ts';
import { type Engine, quoted } from '../engine.ts';
import { isMoneySql } from './ledger-words.ts';

export interface ClassifyingOrder {
  readonly day: BusinessDate;
  /** Collecting accounts that money of this merchant may be credited to; without any, accounts are not looked at. */
  readonly accounts: readonly string[];
}

/**
 * Makes room for the day's own statement: what the table `statement` holds becomes the statement of a neighbouring day,
 * whose rows may match and are not reported.
 */
export async function setAsideStatement(engine: Engine, day: BusinessDate): Promise<void> {
  await engine.run(`
    ${noNeighboursYet};
    INSERT INTO neighbour_statement SELECT *, DATE ${quoted(day)} FROM statement`);
}

/** Begins another day in the same database. */
export async function forgetNeighbours(engine: Engine): Promise<void> {
  await engine.run('DROP TABLE IF EXISTS neighbour_statement');
}

const noNeighboursYet = `CREATE TABLE IF NOT EXISTS neighbour_statement AS
      SELECT *, NULL::DATE AS file_day FROM statement LIMIT 0`;

/**
 * Which row of a statement comes first of those that are alike. A row may stand in the files of two days, and must come
 * to the same in the runs of both.
 */
export const statementOrder = (side = ''): string =>
  `${side}business_date <> ${side}file_day, ${side}paid_at, ${side}file_day, abs(${side}row)`;
export const ledgerOrder = 'paid_at, row';

/**
 * Both sides in the same words, as views: `row` names a row of a side (of the day's statement its line, of a neighbour's
 * something below 0), `is_plain` says that there is nothing to look at if the other side says the same.
 */
export async function laySidesOut(engine: Engine, { day, accounts }: ClassifyingOrder): Promise<void> {
  const ours = accounts.map(quoted).join(', ');
  const isForeign = accounts.length === 0 ? 'false' : `coalesce(account NOT IN (${ours}), false)`;
  const isMoney = `status = 'success'`;
  const columns = 'reference, transaction_id, paid_at, business_date, amount, kind, status';
  const side = (row: string, fileDay: string, table: string) => `
      SELECT ${row} AS row, ${fileDay} AS file_day, ${columns}, ${isMoney} AS is_money, ${isForeign} AS is_foreign,
        ${isMoney} AND kind = 'payment' AND NOT ${isForeign} AND reference IS NOT NULL AS is_plain FROM ${table}`;
  await engine.run(`
    ${noNeighboursYet};
    CREATE OR REPLACE TEMP VIEW statement_side AS ${side('line', `DATE ${quoted(day)}`, 'statement')}
      UNION ALL ${side('-1 - rowid', 'file_day', 'neighbour_statement')};
    CREATE OR REPLACE TEMP VIEW ledger_side AS
      SELECT rowid AS row, reference, transaction_id, paid_at, business_date, amount, state, receipt, dossier,
        CASE WHEN state = 'refunded' THEN 'refund' ELSE 'payment' END AS kind, ${isMoneySql('state')} AS is_money,
        state = 'paid' AND receipt IS NOT NULL AND reference IS NOT NULL AS is_plain FROM ledger`);
}
