import * as z from 'zod/mini';
import type { Engine } from '../engine.ts';

/** Rows of one reference are laid beside each other, each by each: so many are harmless, and no request has as many. */
const mostOfOneReference = 64;
const buckets = 65_536;

/**
 * The short way for the rows that agree in everything, which are nearly all: one join of both sides by reference. A pair
 * counts as matched when nothing else shares its reference; whatever has company goes the long way of `match-by-rules.ts`,
 * which comes to the same for a plain pair: its first rule asks for the same reference and transaction.
 *
 * Leaves `plain_pair(s, l, amount, agrees)`, and `left_statement` and `left_ledger` with everything else.
 */
export async function matchPlainRows(engine: Engine): Promise<void> {
  await engine.run(`
    CREATE OR REPLACE TEMP TABLE plain_pair(s BIGINT, l BIGINT, amount BIGINT, agrees BOOLEAN);
    CREATE OR REPLACE TEMP TABLE company_s(row BIGINT);
    CREATE OR REPLACE TEMP TABLE company_l(row BIGINT)`);
  if (!(await mayJoinByReference(engine))) {
    await keepTheRest(engine, 'true');
    return;
  }
  await joinByReference(engine);
  await keepTheRest(engine, 'NOT is_plain');
  if (await isEachRowOnce(engine)) return;
  await engine.run(`
    INSERT INTO company_s SELECT s FROM plain_pair GROUP BY s HAVING count(*) > 1;
    INSERT INTO company_l SELECT l FROM plain_pair GROUP BY l HAVING count(*) > 1`);
  await setCompanyAside(engine);
  await keepTheRest(engine, 'NOT is_plain');
}

/** @param rest which rows are left beside those that have company */
async function keepTheRest(engine: Engine, rest: string): Promise<void> {
  await engine.run(`
    CREATE OR REPLACE TEMP TABLE left_statement AS FROM statement_side WHERE ${rest} OR row IN (FROM company_s);
    CREATE OR REPLACE TEMP TABLE left_ledger AS FROM ledger_side WHERE ${rest} OR row IN (FROM company_l)`);
}

/** A file that gives thousands of rows one and the same reference would make it a join of millions by millions. */
async function mayJoinByReference(engine: Engine): Promise<boolean> {
  const { most } = await engine.row(
    z.object({ most: z.number() }),
    `SELECT coalesce(max(n) - 2 * sum(n) // ${buckets}, 0) AS most FROM (
       SELECT count(*) AS n FROM statement_side WHERE reference IS NOT NULL GROUP BY hash(reference) % ${buckets})`,
  );
  return most <= mostOfOneReference;
}

async function joinByReference(engine: Engine): Promise<void> {
  await engine.run(`
    INSERT INTO plain_pair
      SELECT s.row, l.row, s.amount, coalesce(
        s.transaction_id = l.transaction_id AND s.amount = l.amount AND s.business_date = l.business_date, false)
      FROM (FROM statement_side WHERE is_plain) s FULL JOIN (FROM ledger_side WHERE is_plain) l USING (reference);
    INSERT INTO company_s SELECT DISTINCT s FROM plain_pair WHERE NOT agrees AND s IS NOT NULL;
    INSERT INTO company_l SELECT DISTINCT l FROM plain_pair WHERE NOT agrees AND l IS NOT NULL`);
  await setCompanyAside(engine);
}

/** All rows of a reference have company when two of them have: a row that has none itself agrees with one that has. */
async function setCompanyAside(engine: Engine): Promise<void> {
  await engine.run(`
    INSERT INTO company_s SELECT DISTINCT s FROM plain_pair WHERE agrees AND l IN (FROM company_l);
    INSERT INTO company_l SELECT DISTINCT l FROM plain_pair WHERE agrees AND s IN (FROM company_s);
    DELETE FROM plain_pair WHERE NOT agrees OR s IN (FROM company_s) OR l IN (FROM company_l)`);
}

/** A row that stands in its file twice agrees with the other side twice: then there are more pairs than rows. */
async function isEachRowOnce(engine: Engine): Promise<boolean> {
  const pairsTooMany = (all: string, left: string) =>
    `(SELECT count(*) FROM plain_pair) + (SELECT count(*) FROM ${left}) - (SELECT count(*) FROM ${all})`;
  const { s, l } = await engine.row(
    z.object({ s: z.number(), l: z.number() }),
    `SELECT ${pairsTooMany('statement_side', 'left_statement')} AS s, ${pairsTooMany('ledger_side', 'left_ledger')} AS l`,
  );
  return s === 0 && l === 0;
}
