import { describe, expect, it } from '@jest/globals';
import { lookForMissing } from '#functions/reconcile-day/look-for-missing.ts';
import { lookForOverdue } from '#functions/reconcile-day/look-for-overdue.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { type Exception, exceptionSchema, nameFindings } from '#shared/domain/exception.ts';
import type { LogCode, LogFacts } from '#shared/domain/log-catalogue.ts';
import { type DayAddress, type StatementDay, statementDaySchema } from '#shared/domain/statement-day.ts';
import { aFinding, settings as devSettings, digestNamed } from '#test/support/reconciliation-scene.ts';

const account = { gateway: 'vnpay', merchant: 'vpdkdd' };
const reconciledFrom = (day: string) => ({
  ...devSettings,
  accounts: [{ ...account, desk: staffCodeSchema.parse('kt-vpdkdd'), reconciledFrom: businessDateSchema.parse(day) }],
});
const settings = reconciledFrom('2026-11-01');

/** What is known of the days of the account, by day; of the others nothing. */
function needsAt(now: string, known: Readonly<Record<string, Partial<StatementDay>>>) {
  const logged: { readonly code: LogCode; readonly facts: LogFacts | undefined }[] = [];
  return {
    logged,
    ledger: {
      readDay: ({ day }: DayAddress) => {
        const facts = known[day];
        if (facts === undefined) return Promise.resolve(undefined);
        const empty = { ...account, day, replacedFiles: [], begun: 0, books: 0, version: 1 };
        return Promise.resolve(statementDaySchema.parse({ ...empty, ...facts }));
      },
    },
    settings,
    clock: () => instantSchema.parse(now),
    logNews: (code: LogCode, facts?: LogFacts) => void logged.push({ code, facts }),
  };
}

const instant = instantSchema.parse('2026-11-24T01:30:00.000Z');
const file = {
  digest: digestNamed('file'),
  revision: 1,
  name: 'sao-ke.txt',
  takenAt: instant,
  rows: 1,
  successCount: 1,
  successSumVnd: 28_000,
};
/** Every day of the week before the 24th has its file, but for some. */
const weekWithout = (...days: readonly string[]) =>
  Object.fromEntries(
    [17, 18, 19, 20, 21, 22, 23]
      .map((day) => `2026-11-${day}`)
      .filter((day) => !days.includes(day))
      .map((day) => [day, { file }]),
  );

describe('the morning’s look for statements', () => {
  const nine = '2026-11-24T02:00:00.000Z';

  it('finds nothing when all have come', async () => {
    expect(await lookForMissing(needsAt(nine, weekWithout()))).toEqual([]);
  });

  it('names yesterday’s, and one of last week that nobody has seen to', async () => {
    const needs = needsAt(nine, weekWithout('2026-11-23', '2026-11-18'));

    expect((await lookForMissing(needs)).map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-18']);
    expect(needs.logged).toEqual([
      { code: 'STATEMENT_MISSING', facts: { ...account, day: '2026-11-23' } },
      { code: 'STATEMENT_MISSING', facts: { ...account, day: '2026-11-18' } },
    ]);
  });

  it('misses a file that was refused, and none of a day that was closed without one', async () => {
    const refused = { lastRefusal: { digest: digestNamed('x'), name: 'x', refusedAt: instant, faultCount: 1 } };
    const known = {
      ...weekWithout('2026-11-23', '2026-11-22'),
      '2026-11-23': refused,
      '2026-11-22': { closing: 'closed' as const },
    };

    expect((await lookForMissing(needsAt(nine, known))).map(({ day }) => day)).toEqual(['2026-11-23']);
  });

  it('names the bank’s statement of each day on which money is booked, and none of a weekend without bookings', async () => {
    const bank = { fee: { perTransactionVnd: 0, millionths: 0 }, bookedAfterDays: 1, isRequiredToClose: false };
    const accounts = settings.accounts.map((one) => ({ ...one, collectingAccounts: ['101'], bank }));
    const needs = { ...needsAt(nine, weekWithout('2026-11-20')), settings: { ...settings, accounts } };

    expect(await lookForMissing(needs)).toEqual([
      { ...account, day: '2026-11-20' },
      { gateway: 'bank', merchant: '101', day: '2026-11-20' },
    ]);
  });

  it('misses no statement of a bank for days that were closed as ones without transactions', async () => {
    const bank = { fee: { perTransactionVnd: 0, millionths: 0 }, bookedAfterDays: 0, isRequiredToClose: false };
    const accounts = settings.accounts.map((one) => ({ ...one, collectingAccounts: ['101'], bank }));
    const known = { ...weekWithout(), '2026-11-22': { closing: 'closed' as const } };
    const needs = { ...needsAt(nine, known), settings: { ...settings, accounts } };

    // What is known of a day is known of the bank's too: of Sunday there is no file, and nobody owes one.
    expect(await lookForMissing(needs)).toEqual([]);
  });

  it('waits until the hour at which files are due, and asks for none of the days before the account was opened', async () => {
    const before = '2026-11-24T01:59:59.999Z';
    expect(await lookForMissing(needsAt(before, weekWithout('2026-11-23')))).toEqual([]);
    expect(
      (await lookForMissing({ ...needsAt(nine, {}), settings: reconciledFrom('2026-11-22') })).map(({ day }) => day),
    ).toEqual(['2026-11-23', '2026-11-22']);
  });
});

describe('the morning’s look at what waits', () => {
  const monday = businessDateSchema.parse('2026-11-23');

  function anException(change: Partial<Exception>): Exception {
    const [named] = nameFindings({ ...account, day: monday }, [aFinding()]);
    const { line, ...finding } = aFinding();
    return exceptionSchema.parse({
      exceptionId: named?.exceptionId,
      ...account,
      day: monday,
      bookedOn: monday,
      ...finding,
      place: { file: digestNamed('file'), line },
      foundAt: '2026-11-24T01:30:00.000Z',
      desk: 'kt-vpdkdd',
      isEscalated: false,
      dueAt: '2026-11-25T10:00:00.000Z',
      state: 'open',
      trail: [],
      revision: 1,
      ...change,
    });
  }

  it('counts the exceptions and their age, and tells each owner how many are late', async () => {
    const late = anException({ dueAt: instantSchema.parse('2026-11-24T10:00:00.000Z') });
    const open = [late, anException({ ...late, assignee: late.desk }), anException({})];
    const needs = { ...needsAt('2026-11-25T02:00:00.000Z', {}), exceptions: { findOpen: () => Promise.resolve(open) } };

    const waiting = await lookForOverdue(needs);

    expect(waiting).toMatchObject({ open: 3, overdue: 2, oldestSeconds: 24.5 * 3_600 });
    expect(needs.logged.filter(({ code }) => code === 'EXCEPTIONS_OVERDUE')).toEqual([
      { code: 'EXCEPTIONS_OVERDUE', facts: { owner: 'kt-vpdkdd', count: 2, since: '2026-11-24T10:00:00.000Z' } },
    ]);
  });

  it('names each day that should be closed and is not', async () => {
    const needs = {
      ...needsAt('2026-11-25T02:00:00.000Z', { '2026-11-20': { file }, '2026-11-23': { closing: 'closed' } }),
      settings: reconciledFrom('2026-11-20'),
      exceptions: { findOpen: () => Promise.resolve([]) },
    };

    expect((await lookForOverdue(needs)).daysNotClosed).toBe(3);
    expect(needs.logged.map(({ facts }) => facts?.['day'])).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
  });
});
