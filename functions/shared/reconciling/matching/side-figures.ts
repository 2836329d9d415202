import * as z from 'zod/mini';
import type { DayFigures, Tally } from '#schemas/balance-proof.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import { type Engine, quoted } from '../engine.ts';
import { isMoneySql } from './ledger-words.ts';

/** One side of a day by itself, whatever its rows were matched with; refunds are above 0. */
export type SideFigures = DayFigures['statement'];

export function readStatementFigures(engine: Engine): Promise<SideFigures> {
  return readSide(engine, 'kind', 'refund', `statement WHERE status = 'success'`);
}

/** All money of the day in our books, whatever it has settled. */
export function readLedgerFigures(engine: Engine, day: BusinessDate): Promise<SideFigures> {
  const rows = `ledger WHERE business_date = DATE ${quoted(day)} AND ${isMoneySql('state')}`;
  return readSide(engine, 'state', 'refunded', rows);
}

/** @param refund the word in the column that tells a refund; counted by words first, which are bytes */
async function readSide(engine: Engine, column: string, refund: string, rows: string): Promise<SideFigures> {
  const figures = z.object({ isRefund: z.boolean(), count: z.number(), sum: z.number() });
  const found = await engine.rows(
    figures,
    `SELECT word = ${quoted(refund)} AS "isRefund", sum(n) AS count, sum(vnd) AS sum
     FROM (SELECT ${column} AS word, count(*) AS n, sum(amount) AS vnd FROM ${rows} GROUP BY ${column}) GROUP BY ALL`,
  );
  const tallyOf = (refunds: boolean): Tally => {
    const { count, sum } = found.find((one) => one.isRefund === refunds) ?? { count: 0, sum: 0 };
    return { count, sum };
  };
  return { payments: tallyOf(false), refunds: tallyOf(true) };
}
