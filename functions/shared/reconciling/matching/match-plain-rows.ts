import * as z from 'zod/mini';
import type { Engine } from '../engine.ts';

/** Rows of one reference are laid beside each other, each by each: so many are harmless, and no request has as many. */
const mostOfOneReference = 64;
const buckets = 65_536;

/**
 * The short way for the rows that agree in everything, which are nearly all: one join of both sides by reference. A pair
 * counts as matched when nothing else bears its reference; whatever has company goes the long way of `match-by-rules.ts`,
 * which comes to the same for a plain pair: its first rule asks for the same reference and transaction.
 *
 * Leaves `left_statement` and `left_ledger`. Every other row has exactly one partner, with which it agrees. Those pairs are
 * not written down, which would cost as much as all that follows: `plain_pair(s, l, amount)` is a view.
 */
export async function matchPlainRows(engine: Engine): Promise<void> {
  await engine.run('CREATE OR REPLACE TEMP TABLE company(reference VARCHAR)');
  if (await mayJoinByReference(engine)) await matchByReference(engine);
  else await keepTheRest(engine, 'true');
  await engine.run(`
    CREATE OR REPLACE TEMP VIEW plain_pair AS
      SELECT s.row AS s, l.row AS l, s.amount
      FROM (FROM statement_side ANTI JOIN left_statement USING (row)) s
      JOIN (FROM ledger_side ANTI JOIN left_ledger USING (row)) l USING (reference)`);
}

/** A file that gives thousands of rows one and the same reference would make it a join of millions by millions. */
async function mayJoinByReference(engine: Engine): Promise<boolean> {
  const { most } = await engine.row(
    z.object({ most: z.number() }),
    `SELECT coalesce(max(n) - 2 * sum(n) // ${buckets}, 0) AS most FROM (
       SELECT count(*) AS n FROM statement_side WHERE reference IS NOT NULL
       GROUP BY CAST(hash(reference) % ${buckets} AS USMALLINT))`,
  );
  return most <= mostOfOneReference;
}

const agrees = 's.transaction_id = l.transaction_id AND s.amount = l.amount AND s.business_date = l.business_date';

async function matchByReference(engine: Engine): Promise<void> {
  await engine.run(`
    CREATE OR REPLACE TEMP TABLE joined AS
      SELECT CASE WHEN NOT agrees THEN reference END AS company, count(*) AS pairs
      FROM (
        SELECT reference, coalesce(${agrees}, false) AS agrees
        FROM (FROM statement_side WHERE is_plain) s FULL JOIN (FROM ledger_side WHERE is_plain) l USING (reference)
      ) GROUP BY ALL;
    INSERT INTO company SELECT company FROM joined WHERE company IS NOT NULL`);
  await keepTheRest(engine, 'NOT is_plain');
  if (await isEachRowOnce(engine)) return;
  const often = (side: string) => `SELECT reference FROM ${side} WHERE is_plain GROUP BY reference HAVING count(*) > 1`;
  await engine.run(`INSERT INTO company ${often('statement_side')}; INSERT INTO company ${often('ledger_side')}`);
  await keepTheRest(engine, 'NOT is_plain');
}

/** @param rest which rows are left beside those that have company */
async function keepTheRest(engine: Engine, rest: string): Promise<void> {
  await engine.run(`
    CREATE OR REPLACE TEMP TABLE left_statement AS FROM statement_side WHERE ${rest} OR reference IN (FROM company);
    CREATE OR REPLACE TEMP TABLE left_ledger AS FROM ledger_side WHERE ${rest} OR reference IN (FROM company)`);
}

/** A row that stands in its file twice agrees with the other side twice: then there are more pairs than rows. */
async function isEachRowOnce(engine: Engine): Promise<boolean> {
  const matched = (all: string, left: string) => `(SELECT count(*) FROM ${all}) - (SELECT count(*) FROM ${left})`;
  const { pairs, s, l } = await engine.row(
    z.object({ pairs: z.number(), s: z.number(), l: z.number() }),
    // Of those that have company some agree as well.
    `SELECT coalesce((SELECT pairs FROM joined WHERE company IS NULL), 0) - (
         SELECT count(*) FROM left_statement s JOIN left_ledger l USING (reference)
         WHERE s.is_plain AND l.is_plain AND ${agrees}
       ) AS pairs,
       ${matched('statement_side', 'left_statement')} AS s, ${matched('ledger_side', 'left_ledger')} AS l`,
  );
  return s === pairs && l === pairs;
}
