import { describe, expect, it } from '@jest/globals';
import { type Instant, instantSchema } from '#schemas/ids.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { nextLook, owed } from '#shared/domain/owed.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import {
  anExpiredRecord,
  anOpenRecord,
  aWaivedRecord,
  createdAt,
  expiresAt,
  settledAt,
  signedAt,
  withAttempt,
  withConfirmationsSent,
  withReceipts,
  withSignedReceipts,
} from '#test/support/owing-records.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const at = (instant: Instant, milliseconds: number) => instantAfter(instant, milliseconds);
const kindsOwed = (record: PaymentRecord, now: Instant) => owed(record, now).map(({ kind }) => kind);
const look = (record: PaymentRecord, now: Instant) => nextLook(record, owed(record, now), now);
const exceptionsOf = (record: PaymentRecord, now: Instant) =>
  owed(record, now).flatMap(({ kind, exception }) => (exception ? [kind] : []));

const numberedAt = instantSchema.parse('2026-11-23T02:15:32.000Z');
const told = withConfirmationsSent(aPaidRecord());
const finished = withConfirmationsSent(withSignedReceipts(aPaidRecord()));
const silent = withAttempt(anOpenRecord(), '01');

describe('what a payment owes', () => {
  it.each([
    ['an open payment in its time: nothing', anOpenRecord(), createdAt, []],
    ['an open payment a moment before its end: nothing', anOpenRecord(), at(expiresAt, -1), []],
    ['an open payment at its end: its expiry', anOpenRecord(), expiresAt, ['expiry']],
    ['an attempt without an answer: that answer, and no expiry', silent, at(expiresAt, day), ['attempt-answer']],
    [
      'money under review: a decision, and no expiry',
      withAttempt(anOpenRecord(), '01', { outcome: 'review' }),
      expiresAt,
      ['attempt-answer'],
    ],
    [
      'a failed attempt: nothing beside the expiry',
      withAttempt(anOpenRecord(), '01', { outcome: 'failed' }),
      expiresAt,
      ['expiry'],
    ],
    ['an expired payment: its confirmation', anExpiredRecord(), expiresAt, ['confirmation']],
    ['a waived payment: its confirmation', aWaivedRecord(), createdAt, ['confirmation']],
    ['a cancelled payment: nothing', anOpenRecord([{}], { state: 'cancelled' }), expiresAt, []],
    ['a paid payment: receipt and confirmation', aPaidRecord(), settledAt, ['receipt', 'confirmation']],
    [
      'a receipt that awaits its signature: that, and a confirmation',
      withReceipts(aPaidRecord()),
      settledAt,
      ['signature', 'confirmation'],
    ],
    [
      'signed receipts: their confirmations',
      withSignedReceipts(aPaidRecord()),
      signedAt,
      ['confirmation', 'confirmation'],
    ],
    [
      'a paid tax: its confirmation, since a tax gets no receipt of ours',
      aPaidRecord([{ feeLines: [aFee({ kind: 'thue', receipt: 'CTT50' })] }]),
      settledAt,
      ['confirmation'],
    ],
    ['a finished payment: nothing', finished, at(settledAt, day), []],
    [
      'a finished payment with an open attempt elsewhere: its answer',
      withAttempt(finished, '02', { gateway: 'momo' }),
      settledAt,
      ['attempt-answer'],
    ],
  ] as const)('%s', (_, record, now, kinds) => {
    expect(kindsOwed(record, now)).toEqual(kinds);
  });

  it.each([
    [
      'a gateway silent for three days after the end of its attempt',
      silent,
      at(instantSchema.parse('2026-11-23T02:15:00.000Z'), 3 * day),
      ['attempt-answer'],
    ],
    [
      'a gateway silent for a moment less: none',
      silent,
      at(instantSchema.parse('2026-11-23T02:15:00.000Z'), 3 * day - 1),
      [],
    ],
    [
      'money under review, at once',
      withAttempt(anOpenRecord(), '01', { outcome: 'review' }),
      createdAt,
      ['attempt-answer'],
    ],
    [
      'a receipt that a person must see to, at once',
      withReceipts(told, { fault: { at: settledAt, why: 'a glyph is missing' } }),
      settledAt,
      ['signature'],
    ],
    ['a receipt that has awaited its signature for an hour', withReceipts(told), at(numberedAt, hour), ['signature']],
    ['a receipt that has awaited it for less: none', withReceipts(told), at(numberedAt, hour - 1), []],
    ['what has been owed for a day', aPaidRecord(), at(settledAt, day), ['receipt', 'confirmation']],
    ['what has been owed for less: none', aPaidRecord(), at(settledAt, day - 1), []],
  ] as const)('makes an exception of %s', (_, record, now, kinds) => {
    expect(exceptionsOf(record, now)).toEqual(kinds);
  });
});

describe('when a payment is looked at next', () => {
  it.each([
    ['never, once it is finished', finished, at(settledAt, day), undefined],
    [
      'never, once it was expired, waived or cancelled and that is said',
      withConfirmationsSent(anExpiredRecord()),
      at(expiresAt, day),
      undefined,
    ],
    ['never, when it was cancelled', anOpenRecord([{}], { state: 'cancelled' }), expiresAt, undefined],
    ['at its end, while it is open', anOpenRecord(), createdAt, expiresAt],
    ['5 minutes after an attempt was opened', silent, createdAt, at(createdAt, 5 * minute)],
    ['15 minutes after it', silent, at(createdAt, 5 * minute), at(createdAt, 15 * minute)],
    ['30 minutes after it', silent, at(createdAt, 15 * minute), at(createdAt, 30 * minute)],
    ['an hour after that', silent, at(createdAt, 30 * minute), at(createdAt, 90 * minute)],
    ['on the hour, however late the sweep is', silent, at(createdAt, 100 * minute), at(createdAt, 150 * minute)],
    ['at its end, when that comes before the next listening', silent, at(expiresAt, -minute), expiresAt],
    ['once a day after three days of silence', silent, at(expiresAt, day), at(expiresAt, 2 * day)],
    [
      'once a day while money is under review',
      withAttempt(finished, '02', { outcome: 'review' }),
      settledAt,
      at(settledAt, day),
    ],
    ['after a minute, while a debt is young', aPaidRecord(), settledAt, at(settledAt, minute)],
    ['after as long as the debt is old', aPaidRecord(), at(settledAt, 10 * minute), at(settledAt, 20 * minute)],
    ['after an hour at the latest', aPaidRecord(), at(settledAt, 5 * hour), at(settledAt, 6 * hour)],
    [
      'after a minute, when the host that wrote the debt has a fast clock',
      aPaidRecord(),
      at(settledAt, -hour),
      at(settledAt, minute - hour),
    ],
    [
      'once a day, when a receipt waits for a person',
      withReceipts(told, { fault: { at: settledAt, why: 'a glyph is missing' } }),
      settledAt,
      at(settledAt, day),
    ],
    [
      'after an hour at the latest, while a receipt awaits its signature, even days after that was told',
      withReceipts(told),
      at(numberedAt, 3 * day),
      at(numberedAt, 3 * day + hour),
    ],
    [
      'as soon as its most urgent debt wants it',
      withAttempt(aPaidRecord(), '02', { outcome: 'review' }),
      settledAt,
      at(settledAt, minute),
    ],
  ] as const)('%s', (_, record, now, expected) => {
    expect(look(record, now)).toBe(expected);
  });

  it('always lies ahead, so that no payment comes back within one sweep', () => {
    const records = [silent, aPaidRecord(), anOpenRecord(), anExpiredRecord(), withReceipts(aPaidRecord())];
    for (const record of records) {
      for (let age = 0; age < 5 * day; age += 37 * minute) {
        const now = at(createdAt, age);
        expect((look(record, now) ?? 'never') > now).toBe(true);
      }
    }
  });
});
