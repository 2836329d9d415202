import { describe, expect, it } from '@jest/globals';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import {
  attemptOfMoney,
  destinationOf,
  moneyInSuspense,
  numberOfNextProposal,
  proposalToApprove,
  proposalToReject,
  suspenseSchema,
} from '#shared/domain/assignment.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import { keptMoneySchema } from '#shared/domain/payment.ts';
import { anOpenRecord, withAttempt } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';

const facts = {
  gateway: 'vnpay',
  merchant: 'ttpvhcc',
  gatewayRef: 'HS-2026-000187',
  transactionId: '14920411',
  identity: '14920411',
  amountVnd: 28_000,
  resultCode: '00',
  paidAt: '2026-11-22T02:00:00.000Z',
  businessDate: '2026-11-22',
  evidence: { sha256: '0'.repeat(64) },
  owner: 'finance-desk',
  keptAt: '2026-11-22T02:00:01.000Z',
};
const aSuspense = (change: object = {}) =>
  suspenseSchema.parse({ ...facts, suspenseClass: 'unknown-order', ...change });
const account = (merchant: string, change: Partial<Merchant> = {}): Merchant => ({
  gateway: 'vnpay',
  merchant,
  label: merchant,
  default: true,
  units: [],
  settings: {},
  ...change,
});
const merchants = [account('ttpvhcc')];
const step = (did: string, number: number) => ({
  did,
  number,
  paymentId: anOpenRecord().payment.paymentId,
  by: 'kt.lan',
  at: '2026-11-23T02:00:00.000Z',
  reason: 'Trùng số tiền và giờ nộp',
});
const proposed = (number: number) =>
  aSuspense({
    revision: number,
    trail: [step('proposed', number)],
    assignment: {
      state: 'proposed',
      number,
      paymentId: anOpenRecord().payment.paymentId,
      maker: 'kt.lan',
      reason: 'Trùng số tiền và giờ nộp',
      proposedAt: '2026-11-23T02:00:00.000Z',
    },
  });
const [lan, minh] = [staffCodeSchema.parse('kt.lan'), staffCodeSchema.parse('kt.minh')];

describe('where assigned money goes', () => {
  it.each([
    ['an open payment of the same amount', anOpenRecord(), { kind: 'settles', act: 'settle', attempt: '01' }],
    [
      'an open payment with attempts',
      withAttempt(withAttempt(anOpenRecord(), '01'), '02', { outcome: 'failed' }),
      { kind: 'settles', act: 'settle', attempt: '03' },
    ],
    [
      'an expired payment',
      anOpenRecord([{}], { state: 'expired' }),
      { kind: 'settles', act: 'reclaim', attempt: '01' },
    ],
    ['a paid payment', aPaidRecord(), { kind: 'kept', moneyClass: 'surplus' }],
    ['a cancelled payment', anOpenRecord([{}], { state: 'cancelled' }), { kind: 'kept', moneyClass: 'after-cancel' }],
    ['a payment of another amount', anOpenRecord([{}, {}]), { kind: 'kept', moneyClass: 'wrong-amount' }],
  ])('is decided as for a callback: %s', (_, record, destination) => {
    expect(destinationOf(aSuspense(), record, merchants)).toEqual(destination);
  });

  it('is nowhere when the payment has this very money already, as its settlement or beside it', () => {
    const paid = aPaidRecord();
    const { settlement } = paid.payment;
    const same = aSuspense({ identity: settlement?.identity });
    const money = keptMoneySchema.parse({ ...facts, paymentId: paid.payment.paymentId, moneyClass: 'surplus' });
    expect([
      destinationOf(same, paid, merchants),
      destinationOf(aSuspense(), { ...paid, money: [money] }, merchants),
    ]).toMatchObject([{ code: 'already-there' }, { code: 'already-there' }]);
  });

  it('takes the same number at another account for other money', () => {
    const paid = aPaidRecord();
    const elsewhere = aSuspense({ identity: paid.payment.settlement?.identity, merchant: 'kho-bac' });
    expect(destinationOf(elsewhere, paid, [account('kho-bac')])).toMatchObject({ moneyClass: 'surplus' });
  });

  it('is never a payment that another account collects: the receipt would name the wrong unit', () => {
    const own = account('vpdkdd', { default: false, units: ['vpdkdd'] });
    expect([
      destinationOf(aSuspense(), anOpenRecord(), [...merchants, own]),
      destinationOf(aSuspense({ merchant: 'vpdkdd' }), anOpenRecord(), [...merchants, own]),
      destinationOf(aSuspense(), anOpenRecord(), []),
    ]).toMatchObject([{ code: 'other-account' }, { kind: 'settles' }, { code: 'other-account' }]);
  });

  it('is nowhere for money without an amount, of another terminal, or after 99 attempts', () => {
    const attempts = Array.from({ length: 99 }, (_, index) => String(index + 1).padStart(2, '0'));
    const tried = attempts.reduce((record, number) => withAttempt(record, number), anOpenRecord());
    expect([
      destinationOf(aSuspense({ amountVnd: null, suspenseClass: 'unreadable' }), anOpenRecord(), merchants),
      destinationOf(aSuspense({ suspenseClass: 'foreign-account' }), anOpenRecord(), merchants),
      destinationOf(aSuspense(), tried, merchants),
    ]).toMatchObject([{ code: 'amount-unknown' }, { code: 'foreign-account' }, { code: 'too-many-attempts' }]);
  });
});

describe('the attempt that stands for money without one', () => {
  it('has the money’s own reference, or its identity where the message named none', () => {
    const refOf = (gatewayRef: string | null) => {
      const money = moneyInSuspense(aSuspense({ gatewayRef }));
      if (money === undefined) throw new Error('no money');
      return attemptOfMoney(money, 'r').gatewayRef;
    };
    expect([refOf('HS-1'), refOf(null), refOf('')]).toEqual(['HS-1', '14920411', '14920411']);
  });
});

describe('proposals', () => {
  it('are numbered from 1 over the life of the money, rejected ones too', () => {
    const trail = [step('proposed', 1), step('rejected', 1), step('proposed', 2), step('rejected', 2)];
    expect([numberOfNextProposal(aSuspense()), numberOfNextProposal(aSuspense({ trail }))]).toEqual([1, 3]);
  });

  it('come to an end after 99', () => {
    const trail = Array.from({ length: 99 }, (_, index) => step('proposed', index + 1));
    expect(numberOfNextProposal(aSuspense({ trail }))).toMatchObject({ code: 'too-many-proposals' });
  });

  it('are approved by another person, under the number that was read', () => {
    expect([
      proposalToApprove(proposed(2), 2, minh),
      proposalToApprove(proposed(2), 2, lan),
      proposalToApprove(proposed(2), 1, minh),
      proposalToApprove(aSuspense(), 1, minh),
      proposalToReject(proposed(2), 2),
    ]).toMatchObject([
      { number: 2 },
      { code: 'same-person' },
      { code: 'other-proposal' },
      { code: 'not-proposed' },
      { number: 2 },
    ]);
  });
});

describe('a suspense item as a callback writes it', () => {
  it('is read as open, without a trail', () => {
    expect(aSuspense()).toMatchObject({ trail: [], revision: 0 });
    expect(aSuspense().assignment).toBeUndefined();
  });
});
