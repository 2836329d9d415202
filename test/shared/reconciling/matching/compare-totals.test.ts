import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  compareWithBank,
  compareWithPayIn,
  expectCredits,
  keepPayIns,
  readCredits,
  readPayIns,
} from '#shared/reconciling/matching/compare-totals.ts';
import { day, dayOfNovember, layStatement, openTestEngine } from '#test/support/sides-of-a-day.ts';

let database: Awaited<ReturnType<typeof openTestEngine>>;
beforeAll(async () => {
  database = await openTestEngine();
});
afterAll(() => database.close());

interface Booking {
  readonly amount: number;
  readonly date?: number;
  readonly account?: string;
  readonly content?: string;
}

async function layBank(bookings: readonly Booking[]): Promise<void> {
  const rows = bookings.map(
    ({ amount, date = 22, account = '101', content = 'VNPAY tra tien' }, index) =>
      `(${index + 1}, DATE '2026-11-${date}', ${amount}, '${account}', '${content}', 'FT${index}')`,
  );
  await database.engine.run(
    `CREATE OR REPLACE TABLE bank(line BIGINT, booked_on DATE, amount BIGINT, account VARCHAR, content VARCHAR, bank_reference VARCHAR);
     INSERT INTO bank VALUES ${rows.join()}`,
  );
}

const noFee = { perTransactionVnd: 0, millionths: 0 };
const credits = { bookedOn: day, accounts: ['101'], fee: noFee };

describe('the day of a gateway against the bank', () => {
  beforeAll(() =>
    layStatement(database.engine, [
      { amount: 100_000 },
      { transactionId: 'T2', amount: 33_333 },
      { transactionId: 'T3', amount: 20_000, kind: 'refund' },
      { transactionId: 'T4', amount: 5, status: 'failed' },
    ]),
  );

  it('is equal when the bank credited payments less refunds', async () => {
    await layBank([{ amount: 100_000 }, { amount: 13_333 }]);
    expect(await compareWithBank(database.engine, credits)).toEqual({
      expectedVnd: 113_333,
      foundVnd: 113_333,
      differenceVnd: 0,
      keptVnd: 0,
      rows: 2,
    });
  });

  it('is equal less a fee, rounded for each payment and never of refunds', async () => {
    await layBank([{ amount: 113_333 - 1_100 * 2 - 825 - 275 }]);
    const fee = { perTransactionVnd: 1_100, millionths: 8_250 };
    expect(await compareWithBank(database.engine, { ...credits, fee })).toMatchObject({
      differenceVnd: 0,
      keptVnd: 3_300,
    });
  });

  it('tells what the bank took back on that day', async () => {
    await layBank([{ amount: 113_333 }, { amount: -33_333 }]);
    expect(await compareWithBank(database.engine, credits)).toMatchObject({ differenceVnd: -33_333 });
  });

  it('looks at the day of the payout, at our accounts and at the text that was asked for', async () => {
    await layBank([
      { amount: 113_333, date: 23 },
      { amount: 9, date: 22 },
      { amount: 9, date: 23, account: '999' },
      { amount: 9, date: 23, content: 'nop tien mat' },
    ]);
    const order = { ...credits, bookedOn: dayOfNovember(23), content: 'vnpay' };
    expect(await compareWithBank(database.engine, order)).toMatchObject({ differenceVnd: 0, rows: 1 });
  });
});

describe('the money of a day', () => {
  it('is expected of our accounts only: what went elsewhere is counted apart, and costs us no fee', async () => {
    await layStatement(database.engine, [
      { amount: 100_000, account: '101' },
      { transactionId: 'T2', amount: 50_000, account: '999' },
      { transactionId: 'T3', amount: 20_000 },
      { transactionId: 'T4', amount: 10_000, account: '999', kind: 'refund' },
    ]);
    const fee = { perTransactionVnd: 1_000, millionths: 0 };

    expect(await expectCredits(database.engine, { fee, accounts: ['101'] })).toEqual({
      expectedVnd: 118_000,
      keptVnd: 2_000,
      elsewhereVnd: 40_000,
    });
  });

  it('is found without the pay-ins that leave the same account, and these by their text', async () => {
    await layBank([
      { amount: 100_000 },
      { amount: -60_000, content: 'Nop NSNN thang 11' },
      { amount: 7, content: 'nop nsnn nham' },
      { amount: -5, content: 'phi' },
    ]);

    expect(await readCredits(database.engine, { ...credits, payIns: ['NOP NSNN'] })).toEqual({ rows: 3, vnd: 100_002 });
    expect(await readPayIns(database.engine, { paidInOn: day, content: 'NOP NSNN' })).toBe(60_000);
  });
});

describe('the credits of an account against the treasury', () => {
  const order = { bookedOn: day, paidInOn: dayOfNovember(23), accounts: [], keptVnd: 10_000 };

  it.each([
    ['as money that left the account', -90_000],
    ['as money that came to the treasury', 90_000],
  ])('are equal less what the body keeps, the pay-in told %s', async (_says, amount) => {
    await layBank([{ amount, date: 23 }]);
    await keepPayIns(database.engine);
    await layBank([{ amount: 60_000 }, { amount: 40_000 }]);
    expect(await compareWithPayIn(database.engine, order)).toEqual({
      expectedVnd: 90_000,
      foundVnd: 90_000,
      differenceVnd: 0,
      keptVnd: 10_000,
      rows: 1,
    });
  });

  it('differ when nothing was paid in', async () => {
    await layBank([{ amount: 1, date: 24 }]);
    await keepPayIns(database.engine);
    await layBank([{ amount: 100_000 }]);
    expect(await compareWithPayIn(database.engine, order)).toMatchObject({ foundVnd: 0, differenceVnd: -90_000 });
  });
});
