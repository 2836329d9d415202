import { describe, expect, it } from '@jest/globals';
import { instantSchema, unitCodeSchema } from '#schemas/ids.ts';
import {
  factsOfClose,
  isPageOverdue,
  nextPageLook,
  pageKeyOf,
  signatureOwedBy,
  unitThatSigns,
} from '#shared/domain/balance-page.ts';
import { proveBalance } from '#shared/domain/balance-proof.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { type DayClose, dayCloseSchema } from '#shared/domain/day-close.ts';
import { checker, digestNamed, figuresOf, maker, monday, settings } from '#test/support/reconciliation-scene.ts';

const closedAt = instantSchema.parse('2026-11-24T08:00:00.000Z');
const vpdkdd = unitCodeSchema.parse('vpdkdd');
const signing = { accounts: settings.accounts.map((account) => ({ ...account, signedBy: vpdkdd })) };
const page = {
  key: 'balance-pages/x.pdf',
  sha256: digestNamed('page'),
  bytes: 1,
  archivedAt: closedAt,
  signedAt: closedAt,
};

function aClose(changes: Partial<DayClose> = {}): DayClose {
  return dayCloseSchema.parse({
    gateway: 'vnpay',
    merchant: 'don-vi-1',
    day: monday,
    kind: 'reconciled',
    state: 'closed',
    number: 1,
    maker,
    proposedAt: '2026-11-24T07:00:00.000Z',
    checker,
    decidedAt: closedAt,
    digest: digestNamed('books'),
    trail: [],
    revision: 2,
    books: 2,
    run: 1,
    statement: digestNamed('statement.txt'),
    proof: proveBalance(figuresOf()),
    openExceptions: 3,
    dueAt: closedAt,
    ...changes,
  });
}

describe('the page of a day', () => {
  it('is owed by a close of an account with a unit that signs, until it has one', () => {
    expect(signatureOwedBy(aClose(), signing)).toBe(vpdkdd);
    expect(signatureOwedBy(aClose({ page }), signing)).toBeUndefined();
    expect(signatureOwedBy(aClose({ state: 'proposed' }), signing)).toBeUndefined();
    expect(signatureOwedBy(aClose({ state: 'rejected' }), signing)).toBeUndefined();
    expect(signatureOwedBy(undefined, signing)).toBeUndefined();
  });

  it('is never owed where no unit signs', () => {
    expect(signatureOwedBy(aClose(), settings)).toBeUndefined();
    expect(unitThatSigns({ gateway: 'vnpay', merchant: 'la' }, signing)).toBeUndefined();
  });

  it('lies under a key of its day that only the same persons, times and books give', () => {
    const key = pageKeyOf(aClose());
    expect(key).toMatch(/^balance-pages\/vnpay\/don-vi-1\/2026-11-23\/[0-9a-f]{64}\.pdf$/);
    expect(pageKeyOf(aClose({ page, openExceptions: 0, revision: 9 }))).toBe(key);
    for (const change of [
      { checker: maker },
      { maker: checker },
      { decidedAt: instantAfter(closedAt, 1) },
      { digest: digestNamed('other books') },
    ]) {
      expect(pageKeyOf(aClose(change))).not.toBe(key);
    }
  });

  it('says what the close has frozen', () => {
    const close = aClose();
    expect(factsOfClose(close, { madeBy: undefined, madeAt: closedAt })).toMatchObject({
      day: monday,
      proof: close.proof,
      run: 1,
      statement: digestNamed('statement.txt'),
      openExceptions: 3,
      close: { digest: close.digest, maker, checker },
    });
  });

  it('that cannot be signed is tried again after as long as it has been owed, within a minute and an hour', () => {
    const minutesLater = (minutes: number) => instantAfter(closedAt, minutes * 60_000);
    const nextMinutes = [0, 1, 10, 59, 600].map((minutes) => {
      const next = nextPageLook(closedAt, 'signer', minutesLater(minutes));
      return (Date.parse(next) - Date.parse(closedAt)) / 60_000 - minutes;
    });
    expect(nextMinutes).toEqual([1, 1, 10, 59, 60]);
    expect(nextPageLook(closedAt, 'person', minutesLater(5))).toBe(minutesLater(24 * 60 + 5));
  });

  it('is overdue an hour after the close', () => {
    expect(isPageOverdue(closedAt, instantAfter(closedAt, 3_599_999))).toBe(false);
    expect(isPageOverdue(closedAt, instantAfter(closedAt, 3_600_000))).toBe(true);
  });
});
