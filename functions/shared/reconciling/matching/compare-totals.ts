import * as z from 'zod/mini';
import type { BusinessDate } from '#schemas/ids.ts';
import { type Engine, quoted } from '../engine.ts';

/** What a gateway or bank keeps of each payment that succeeded; parts of a đồng are rounded, half of one up. */
export interface FeeRule {
  readonly perTransactionVnd: number;
  /** Of the amount: 8 250 is 0.825 %. */
  readonly millionths: number;
}

/** Two sums that must be one: what should have come on, and what came. */
export interface TotalComparison {
  readonly expectedVnd: number;
  readonly foundVnd: number;
  /** What came less what should have come. */
  readonly differenceVnd: number;
  /** What was kept on the way, as far as it was agreed on. */
  readonly keptVnd: number;
  /** How many rows the second sum is of. */
  readonly rows: number;
}

/** A gateway's day against what the bank credited for it. */
export interface BankComparing {
  /** When the bank booked it: the day itself, or the day on which the gateway pays out. */
  readonly bookedOn: BusinessDate;
  readonly fee: FeeRule;
  /** Accounts to look at; without any, all of the bank's file. */
  readonly accounts: readonly string[];
  /** Credits whose text holds this; without it, all. */
  readonly content?: string | undefined;
}

/**
 * Second level: payments less refunds and fee of the table `statement`, as far as they went to our accounts, against the
 * credits of the table `bank`. What the bank took back on that day counts against them.
 */
export async function compareWithBank(engine: Engine, order: BankComparing): Promise<TotalComparison> {
  const { expectedVnd, keptVnd } = await expectCredits(engine, order);
  const { rows, vnd } = await readCredits(engine, order);
  return compared({ expectedVnd, foundVnd: vnd, keptVnd, rows });
}

/** What a gateway's day should come to at the bank. */
export interface ExpectedCredits {
  readonly expectedVnd: number;
  readonly keptVnd: number;
  /** What went to accounts that are not ours, and is told row by row (SAI_TAI_KHOAN). */
  readonly elsewhereVnd: number;
}

/** Payments less refunds and fee of the table `statement`, as far as they went to our accounts. */
export async function expectCredits(
  engine: Engine,
  { fee, accounts }: Pick<BankComparing, 'fee' | 'accounts'>,
): Promise<ExpectedCredits> {
  const isElsewhere =
    accounts.length === 0 ? 'false' : `coalesce(account NOT IN (${accounts.map(quoted).join(', ')}), false)`;
  const { netVnd, keptVnd, elsewhereVnd } = await engine.row(
    z.object({ netVnd: z.number(), keptVnd: z.number(), elsewhereVnd: z.number() }),
    `SELECT coalesce(sum(vnd) FILTER (WHERE NOT elsewhere), 0) AS "netVnd",
       coalesce(sum(vnd) FILTER (WHERE elsewhere), 0) AS "elsewhereVnd",
       coalesce(sum($perTransaction::BIGINT + (amount::HUGEINT * $millionths::BIGINT + 500000) // 1000000)
         FILTER (WHERE kind = 'payment' AND NOT elsewhere), 0) AS "keptVnd"
     FROM (
       SELECT amount, kind, CASE WHEN kind = 'refund' THEN -amount ELSE amount END AS vnd, ${isElsewhere} AS elsewhere
       FROM statement WHERE status = 'success')`,
    { perTransaction: fee.perTransactionVnd, millionths: fee.millionths },
  );
  return { expectedVnd: netVnd - keptVnd, keptVnd, elsewhereVnd };
}

/** What came in on the relation `bank`, less what went out, but for pay-ins. */
export function readCredits(engine: Engine, order: CreditsOrder): Promise<BookedSum> {
  return engine.row(sumSchema, `SELECT ${sumSql} FROM bank WHERE ${bankRowsSql(order)}`);
}

/** What left the account on the relation `bank` under a text by which pay-ins are known; above 0. */
export async function readPayIns(
  engine: Engine,
  { paidInOn, content }: Readonly<Record<'paidInOn' | 'content', string>>,
): Promise<number> {
  const { vnd } = await engine.row(
    sumSchema,
    `SELECT ${sumSql} FROM bank WHERE booked_on = DATE ${quoted(paidInOn)} AND ${isPayInSql([content])}`,
  );
  return -vnd;
}

/** What was credited to the account against what was paid in to the treasury. */
export interface PayInComparing extends Pick<BankComparing, 'bookedOn' | 'accounts' | 'content'> {
  readonly paidInOn: BusinessDate;
  /** Part of the fees that the collecting body keeps (Law on fees and charges). */
  readonly keptVnd: number;
}

/**
 * Third level: the credits of the table `bank` less what the body keeps, against the table `pay_in`. A pay-in stands as
 * money that left on the account's statement and as money that came on the treasury's: only its size counts.
 */
export async function compareWithPayIn(engine: Engine, order: PayInComparing): Promise<TotalComparison> {
  const { keptVnd, paidInOn } = order;
  const credited = await engine.row(sumSchema, `SELECT ${sumSql} FROM bank WHERE ${bankRowsSql(order)}`);
  const paidIn = await engine.row(sumSchema, `SELECT ${sumSql} FROM pay_in WHERE booked_on = DATE ${quoted(paidInOn)}`);
  return compared({ expectedVnd: credited.vnd - keptVnd, foundVnd: Math.abs(paidIn.vnd), keptVnd, rows: paidIn.rows });
}

/** Makes room for the statement of the account: what the relation `bank` holds are the pay-ins. */
export async function keepPayIns(engine: Engine): Promise<void> {
  await engine.run('CREATE OR REPLACE TABLE pay_in AS FROM bank');
}

const sumSchema = z.object({ rows: z.number(), vnd: z.number() });
type BookedSum = z.infer<typeof sumSchema>;
const sumSql = 'count(*) AS rows, coalesce(sum(amount), 0) AS vnd';

/** Which bookings of a day are a gateway's. */
export interface CreditsOrder extends Pick<BankComparing, 'bookedOn' | 'accounts' | 'content'> {
  /** Texts of pay-ins, which leave the same account on any day and are no news of the bank. */
  readonly payIns?: readonly string[];
}

function bankRowsSql({ bookedOn, accounts, content, payIns = [] }: CreditsOrder): string {
  return [
    `booked_on = DATE ${quoted(bookedOn)}`,
    ...(accounts.length === 0 ? [] : [`(account IS NULL OR account IN (${accounts.map(quoted).join(', ')}))`]),
    ...(content === undefined ? [] : [holdsSql(content)]),
    ...(payIns.length === 0 ? [] : [`NOT coalesce(${isPayInSql(payIns)}, false)`]),
  ].join(' AND ');
}

const holdsSql = (content: string): string => `contains(upper(content), upper(${quoted(content)}))`;
const isPayInSql = (contents: readonly string[]): string => `amount < 0 AND (${contents.map(holdsSql).join(' OR ')})`;

function compared(sums: Omit<TotalComparison, 'differenceVnd'>): TotalComparison {
  return { ...sums, differenceVnd: sums.foundVnd - sums.expectedVnd };
}
