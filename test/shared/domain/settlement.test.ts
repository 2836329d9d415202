import { describe, expect, it } from '@jest/globals';
import { type PaymentNotice, paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { decide, moneyKey, type OrderView } from '#shared/domain/settlement.ts';
import { attemptOutcomes, paymentStates } from '#shared/domain/states.ts';

const identity = '14831393';
const own = moneyKey('vnpay', 'ttpvhcc', identity);

function notice(changes: Partial<PaymentNotice> = {}): PaymentNotice {
  return paymentNoticeSchema.parse({
    gateway: 'vnpay',
    merchant: 'ttpvhcc',
    orderRef: '1000000000000301',
    transactionId: identity,
    amountVnd: 28_000,
    result: 'paid',
    resultCode: '00',
    paidAt: '2026-11-23T02:15:25.000Z',
    ...changes,
  });
}

const order = (changes: Partial<OrderView> = {}): OrderView => ({
  state: 'open',
  amountVnd: 28_000,
  attemptOutcome: 'started',
  ...changes,
});

describe('news that money was paid', () => {
  it.each([
    ['open', undefined, 'settle', 'paid'],
    ['expired', undefined, 'reclaim', 'paid'],
    ['cancelled', undefined, 'keep-money', 'duplicate'],
    ['waived', undefined, 'keep-money', 'duplicate'],
    ['paid', own, 'nothing', 'duplicate'],
    ['paid', moneyKey('vnpay', 'ttpvhcc', '777'), 'keep-money', 'duplicate'],
    ['paid', moneyKey('momo', 'ttpvhcc', identity), 'keep-money', 'duplicate'],
  ] as const)('for a payment that is %s, settled by %s, means: %s, answered %s', (state, settledBy, act, outcome) => {
    const view = order({ state, ...(settledBy === undefined ? {} : { settledBy }) });

    expect(decide(notice(), identity, view)).toMatchObject({ act, outcome });
  });

  it.each(paymentStates)('of another amount is kept, whatever the state: %s', (state) => {
    expect(decide(notice(), identity, order({ state, amountVnd: 28_001, settledBy: own }))).toEqual({
      act: 'keep-money',
      outcome: 'amount_mismatch',
      moneyClass: 'wrong-amount',
    });
  });

  it.each(attemptOutcomes)('never needs the attempt to be open: %s', (attemptOutcome) => {
    expect(decide(notice(), identity, order({ attemptOutcome })).act).toBe('settle');
  });

  it('goes to suspense without an order', () => {
    expect(decide(notice(), identity, undefined)).toEqual({ act: 'suspend', outcome: 'unknown_order' });
  });
});

describe('news without settled money', () => {
  it.each([
    ['failed', 'started', 'record-outcome'],
    ['failed', 'failed', 'nothing'],
    ['failed', 'review', 'record-news'],
    ['failed', 'succeeded', 'record-news'],
    ['review', 'started', 'record-outcome'],
    ['review', 'failed', 'record-outcome'],
    ['review', 'review', 'nothing'],
    ['review', 'succeeded', 'record-news'],
    ['pending', 'started', 'record-news'],
    ['pending', 'succeeded', 'record-news'],
    ['voided', 'succeeded', 'record-news'],
  ] as const)('%s, for an attempt that is %s, means: %s', (result, attemptOutcome, act) => {
    expect(decide(notice({ result }), identity, order({ attemptOutcome })).act).toBe(act);
  });

  it.each(['failed', 'review', 'pending', 'voided'] as const)('%s is written down once', (result) => {
    const view = order({ attemptOutcome: 'succeeded', recorded: [result] });

    expect(decide(notice({ result }), identity, view)).toEqual({ act: 'nothing', outcome: result });
  });

  it('suspends doubtful money that names no order, and nothing else', () => {
    expect(decide(notice({ result: 'review' }), identity, undefined).act).toBe('suspend');
    expect(decide(notice({ result: 'failed' }), identity, undefined)).toEqual({
      act: 'nothing',
      outcome: 'unknown_order',
    });
  });

  it('that does not concern us is ignored, whatever it names', () => {
    expect(decide(notice({ result: 'ignored' }), identity, order())).toEqual({ act: 'nothing', outcome: 'ignored' });
  });
});
