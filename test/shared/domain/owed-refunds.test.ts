import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { type Instant, instantSchema } from '#schemas/ids.ts';
import { refundStateSchema } from '#schemas/refund.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { nextLook, owed, refundsToFollow } from '#shared/domain/owed.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import { refundDebts } from '#shared/domain/owed-refunds.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { type Refund, refundSchema } from '#shared/domain/refund.ts';
import { refundableMoney } from '#shared/domain/refundable-money.ts';
import { withConfirmationsSent, withSignedReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';

const madeAt = instantSchema.parse('2026-11-24T02:00:00.000Z');
const hours = (count: number): Instant => instantAfter(madeAt, count * 60 * 60_000);

function aRefundOf(record: PaymentRecord, change: object): Refund {
  const [paid] = refundableMoney(record);
  return refundSchema.parse({
    refundId: 'tuchoi0001',
    paymentId: record.payment.paymentId,
    ordinal: 1,
    moneyKey: paid?.moneyKey,
    moneyClass: 'settlement',
    gateway: 'vnpay',
    merchant: 'ttpvhcc',
    paidVnd: 28_000,
    amountVnd: 10_000,
    reason: 'TU_CHOI',
    state: 'proposed',
    maker: 'kt-01',
    madeAt,
    history: [],
    version: 1,
    ...change,
  });
}

/** Owes nothing but its refunds. */
function withRefunds(...changes: readonly object[]): PaymentRecord {
  const record = withConfirmationsSent(withSignedReceipts(aPaidRecord([{}, {}])));
  return { ...record, refunds: changes.map((change) => aRefundOf(record, change)) };
}

const done = { state: 'refunded', extent: 'partial', endedAt: madeAt };

describe('what a refund owes', () => {
  it.each(refundStateSchema.options)('is an end, until it has one: %s', (state) => {
    const isOver = state === 'refunded' || state === 'rejected';
    expect(refundDebts(withRefunds({ ...done, state }), madeAt)).toHaveLength(isOver ? 0 : 1);
  });

  it.each([
    ['proposed', 'person', 72],
    ['approved', 'ordering', 24],
    ['requested', 'gateway', 72],
    ['manual-transfer', 'person', 72],
  ])('by %s waits for %s, and is an exception after %i hours', (state, awaits, patience) => {
    const record = withRefunds({ state });
    const exceptions = [patience - 1, patience].map((count) => refundDebts(record, hours(count)));
    expect(exceptions.flat().map((debt) => [debt.awaits, debt.exception])).toEqual([
      [awaits, false],
      [awaits, true],
    ]);
  });

  it('is looked at when its patience ends where only a person can help, and failed ones are an exception at once', () => {
    const record = withRefunds({ state: 'proposed' });
    expect(nextLook(record, owed(record, hours(1)), hours(1))).toBe(hours(72));
    expect(refundDebts(withRefunds({ state: 'failed' }), madeAt)).toMatchObject([{ exception: true }]);
    expect(refundsToFollow(owed(record, hours(1)), hours(1))).toEqual([]);
  });
});

describe('the confirmations of refunds', () => {
  it('go to every charge, after all else, with ids that other refunds do not change', () => {
    const record = withRefunds(done);
    const alone = owedConfirmations(record);
    expect(alone.map(({ chargeNumber, event }) => [chargeNumber, event.type, event.data.sequence])).toEqual([
      ['01', eventTypes.paymentRefunded, 40_102],
      ['02', eventTypes.paymentRefunded, 40_203],
    ]);
    expect(alone.map(({ event }) => event.data)).toMatchObject([
      { refund: { extent: 'partial', money: 'settlement' } },
      {},
    ]);
    const another = aRefundOf(record, { ...done, refundId: 'tuchoi0002', ordinal: 2, extent: 'full' });
    const both = owedConfirmations({ ...record, refunds: [another, ...record.refunds] });
    expect(both).toEqual(expect.arrayContaining([...alone]));
  });

  it('are told once for each refund, in the order in which they were asked for', () => {
    const second = { ...done, refundId: 'tuchoi0002', ordinal: 2, extent: 'full' };
    const places = owedConfirmations(withRefunds(done, second)).map(({ event }) => event.data.sequence);
    expect(places).toEqual([40_102, 40_103, 40_203, 40_204]);
    expect(owedConfirmations(withRefunds({ state: 'requested' }, { ...second, state: 'failed' }))).toEqual([]);
  });
});
