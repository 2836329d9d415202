import { beforeEach, describe, expect, it } from '@jest/globals';
import { closeMonth, findMonth, type MonthOutcome } from '#functions/finance-desk/close-month.ts';
import { monthCloseCommandSchema, monthSchema, monthViewSchema } from '#schemas/day-close.ts';
import { businessDateSchema, type Instant, instantSchema } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { makeDayBook } from '#shared/adapters/day-book.ts';
import { figuresOfNothing, proveBalance } from '#shared/domain/balance-proof.ts';
import { daysToClose } from '#shared/domain/close-month.ts';
import { type DayClose, dayCloseSchema, type MonthClose, monthCloseSchema } from '#shared/domain/day-close.ts';
import type { DayBook } from '#shared/domain/reconciliation-ports.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { checker, digestNamed, maker, settings } from '#test/support/reconciliation-scene.ts';

const november = monthSchema.parse('2026-11');
const [first, second] = settings.accounts;
const fewAccounts = {
  ...settings,
  accounts: [first, second].flatMap((account, index) =>
    account === undefined
      ? []
      : [{ ...account, reconciledFrom: businessDateSchema.parse(index === 0 ? '2026-11-01' : '2026-11-16') }],
  ),
};
const days = daysToClose(fewAccounts, november);

let now: Instant;
let closes: DayClose[];
let month: MonthClose | undefined;
let settingsNow: typeof settings;

beforeEach(() => {
  now = instantSchema.parse('2026-12-01T02:00:00.000Z');
  closes = days.map((day) => closeOf(day));
  month = undefined;
  settingsNow = fewAccounts;
});

function closeOf(address: DayAddress, state = 'closed'): DayClose {
  return dayCloseSchema.parse({
    ...address,
    kind: 'no-transactions',
    state,
    number: 1,
    maker,
    proposedAt: now,
    digest: digestNamed(JSON.stringify(address)),
    trail: [],
    revision: 2,
    books: 0,
    proof: proveBalance(figuresOfNothing),
  });
}

/** A book in memory: what the real one does with months is at the end of this file. */
const book = {
  readCloses: (addresses: readonly DayAddress[]) =>
    Promise.resolve(
      closes.filter(({ merchant, day }) => addresses.some((one) => one.merchant === merchant && one.day === day)),
    ),
  readMonth: () => Promise.resolve(month),
  moveMonth: ({ after }: { after: MonthClose }) => {
    month = monthCloseSchema.parse(after);
    return Promise.resolve('written' as const);
  },
};
const close = (command: object, by: StaffCode = maker) =>
  closeMonth(november, monthCloseCommandSchema.parse(command), by, {
    // Days are no matter of months.
    book: { ...noDays, ...book },
    settings: settingsNow,
    clock: () => now,
    logNews: () => undefined,
  });
const never = () => Promise.reject(new Error('a month reads and writes no day'));
const noDays: Pick<DayBook, 'readRecord' | 'readDays' | 'hasMoney' | 'moveClose'> = {
  readRecord: never,
  readDays: never,
  hasMoney: never,
  moveClose: never,
};
const wordOf = (outcome: MonthOutcome) => (outcome.kind === 'done' ? outcome.month.close?.state : outcome.code);

describe('a month', () => {
  it('is closed by two persons once every day of every account is, each account from its first day on', async () => {
    expect(days).toHaveLength(30 + 15);
    const proposed = await close({ act: 'propose' });
    expect(wordOf(proposed)).toBe('proposed');
    expect(wordOf(await close({ act: 'approve', number: 1 }, maker))).toBe('same-person');

    const approved = await close({ act: 'approve', number: 1 }, checker);

    expect(approved.kind === 'done' && monthViewSchema.parse(approved.month)).toMatchObject({
      days: 45,
      closedDays: 45,
      openDays: [],
      accounts: ['vnpay/don-vi-1', 'vnpay/don-vi-2'],
      close: { state: 'closed', maker, checker, trail: [{ did: 'proposed' }, { did: 'approved' }] },
    });
    expect(wordOf(await close({ act: 'approve', number: 1 }, checker))).toBe('closed');
    expect(wordOf(await close({ act: 'reopen' }, checker))).toBe('reopening');
    expect(wordOf(await close({ act: 'propose' }))).toBe('already-closed');
  });

  it('is not closed while a day is open, which is named', async () => {
    const [one, ...others] = closes;
    closes = [...others, ...(one === undefined ? [] : [closeOf(one, 'proposed')])];
    expect(await close({ act: 'propose' })).toMatchObject({
      code: 'days-open',
      explanation: expect.stringContaining('Còn 1 ngày chưa khóa sổ, đầu tiên là 01/11/2026 của vnpay/don-vi-1'),
    });
    const needs = { book: { ...noDays, ...book }, settings: settingsNow, clock: () => now };
    expect(await findMonth(november, needs)).toMatchObject({ closedDays: 44, openDays: [{ day: '2026-11-01' }] });
  });

  it('is not closed before it is over in Vietnam', async () => {
    now = instantSchema.parse('2026-11-30T16:59:59.999Z');
    expect(wordOf(await close({ act: 'propose' }))).toBe('month-not-over');
    now = instantSchema.parse('2026-11-30T17:00:00.000Z');
    expect(wordOf(await close({ act: 'propose' }))).toBe('proposed');
  });

  it('is not closed on a proposal that an account has joined since', async () => {
    await close({ act: 'propose' });
    settingsNow = { ...fewAccounts, accounts: settings.accounts.slice(0, 3) };
    expect(wordOf(await close({ act: 'approve', number: 1 }, checker))).toBe('days-open');
    closes = daysToClose(settingsNow, november).map((day) => closeOf(day));
    expect(wordOf(await close({ act: 'approve', number: 1 }, checker))).toBe('outdated');
    expect(wordOf(await close({ act: 'propose' }, checker))).toBe('proposed');
    expect(wordOf(await close({ act: 'reject', number: 2, note: 'Còn một tài khoản mới' }, checker))).toBe('rejected');
  });

  it('without an account has nothing to close', async () => {
    settingsNow = { ...fewAccounts, accounts: [] };
    expect(wordOf(await close({ act: 'propose' }))).toBe('nothing-to-close');
  });
});

describe('the book of months', () => {
  it('takes a month once, never by its maker, and finds the closes of many days', async () => {
    const { documentClient: client, tableName: name } = await startTestTable();
    const real = makeDayBook({ client, name });
    await close({ act: 'propose' });
    const before = month;
    await close({ act: 'approve', number: 1 }, checker);
    if (before === undefined || month === undefined) throw new Error('nothing was proposed');

    expect(await real.moveMonth({ before: undefined, after: before })).toBe('written');
    expect(await real.moveMonth({ before: undefined, after: before })).toBe('changed');
    expect(await real.moveMonth({ before, after: { ...month, checker: maker } })).toBe('changed');
    const twice = await Promise.all([1, 2].map(() => real.moveMonth({ before, after: monthCloseSchema.parse(month) })));
    expect(twice.toSorted((one, other) => one.localeCompare(other))).toEqual(['changed', 'written']);
    expect(await real.readMonth(november)).toEqual(month);
    // More keys than one request takes.
    const quarter = { ...settings, accounts: settings.accounts.slice(0, 5) };
    expect(await real.readCloses(daysToClose(quarter, november))).toEqual([]);
  });
});
