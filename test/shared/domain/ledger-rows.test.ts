import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { suspenseSchema } from '#shared/domain/assignment.ts';
import { paymentNamedIn, rowsOfRecord, rowsOfSuspense, rowsOfUnpaid } from '#shared/domain/ledger-rows.ts';
import { keptMoneySchema } from '#shared/domain/payment.ts';
import { refundSchema } from '#shared/domain/refund.ts';
import {
  anExpiredRecord,
  anOpenRecord,
  withAttempt,
  withConfirmationsSent,
  withReceipts,
  withSignedReceipts,
} from '#test/support/owing-records.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';

const account = { gateway: 'vnpay', merchant: 'ttpvhcc' };
const at = instantSchema.parse('2026-11-23T02:15:30.000Z');

const factsOf = (record: ReturnType<typeof aPaidRecord>) =>
  rowsOfRecord(record, account).map(({ state, receipt, isConfirmed }) => ({ state, receipt, isConfirmed }));

describe('the rows of a payment', () => {
  it('are one for what settled it, which lacks a receipt until it is numbered and is confirmed once all is told', () => {
    const paid = aPaidRecord();
    const numbered = withReceipts(paid);
    const finished = withConfirmationsSent(withSignedReceipts(paid));

    expect(factsOf(paid)).toEqual([{ state: 'paid', receipt: null, isConfirmed: false }]);
    expect(factsOf(numbered)).toMatchObject([{ receipt: expect.stringMatching(/^26TAA-\d+$/), isConfirmed: false }]);
    expect(factsOf(finished)).toMatchObject([{ receipt: expect.stringMatching(/^26TAA-\d+$/), isConfirmed: true }]);
  });

  it('carry what a statement knows the money by', () => {
    const record = aPaidRecord();
    const { paymentId } = record.payment;

    expect(rowsOfRecord(record, account)).toMatchObject([
      { paymentId, reference: `${paymentId}01`, transactionId: `9${paymentId}`, amountVnd: 28_000, paidAt: at },
    ]);
  });

  it('are its receipts without money where nothing settled it, with what is frozen in them', () => {
    const { payment, ...rest } = withSignedReceipts(aPaidRecord());
    const { settlement: _lost, ...unsettled } = payment;
    const restored = { ...rest, payment: { ...unsettled, state: 'open' as const } };

    expect(rowsOfRecord(restored, account)).toMatchObject([
      {
        paymentId: payment.paymentId,
        reference: `${payment.paymentId}01`,
        transactionId: `9${payment.paymentId}`,
        amountVnd: 28_000,
        state: 'open',
        paidAt: at,
        businessDate: '2026-11-23',
        receipt: expect.stringMatching(/^26TAA-\d+$/),
      },
    ]);
    expect(rowsOfRecord(restored, { ...account, merchant: 'vpdkdd' })).toEqual([]);
    expect(rowsOfRecord({ ...restored, receipts: [] }, account)).toEqual([]);
  });

  it('are none for another account', () => {
    expect(rowsOfRecord(aPaidRecord(), { gateway: 'vnpay', merchant: 'vpdkdd' })).toEqual([]);
    expect(rowsOfRecord(aPaidRecord(), { gateway: 'momo', merchant: 'ttpvhcc' })).toEqual([]);
  });

  it('lack no receipt where only taxes were paid', () => {
    const taxes = aPaidRecord([{ feeLines: [aFee({ kind: 'thue', receipt: 'none' })] }]);

    expect(factsOf(taxes)).toMatchObject([{ receipt: 'không phải lập' }]);
  });

  it('lack a receipt where the gateway took the money back before one was made', () => {
    const reversed = aPaidRecord([{}], { history: { '01.voided': { at, code: '02' } } });

    expect(factsOf(reversed)).toMatchObject([{ receipt: null }]);
  });

  it('tell surplus money from a wrong amount, and money back by its own number', () => {
    const record = aPaidRecord();
    const { paymentId, settlement } = record.payment;
    if (settlement === undefined) throw new Error('nothing settled it');
    const { attempt, settledAt, ...money } = settlement;
    const kept = (moneyClass: string, number: number) =>
      keptMoneySchema.parse({
        ...money,
        paymentId,
        moneyClass,
        owner: 'finance-desk',
        keptAt: settledAt,
        transactionId: `${number}`,
        identity: `${number}`,
      });
    const refund = (change: object) =>
      refundSchema.parse({
        refundId: 'hoan000001',
        paymentId,
        amountVnd: 8_000,
        reason: 'TU_CHOI',
        ordinal: 1,
        moneyKey: `vnpay#ttpvhcc#${money.identity}`,
        moneyClass: 'settlement',
        ...account,
        paidVnd: 28_000,
        state: 'refunded',
        maker: 'kt-01',
        madeAt: at,
        endedAt: '2026-11-24T17:30:00.000Z',
        extent: 'partial',
        history: [],
        version: 3,
        ...change,
      });
    const transfer = { bankReference: 'FT1', transferredOn: '2026-11-24', recordedBy: 'kt-01' };
    const others = {
      money: [kept('surplus', 701), kept('wrong-amount', 702), kept('after-cancel', 703)],
      refunds: [refund({}), refund({ state: 'requested', endedAt: undefined }), refund({ transfer })],
    };

    expect(
      rowsOfRecord({ ...record, ...others }, account).map(({ state, transactionId, businessDate }) => [
        state,
        transactionId,
        businessDate,
      ]),
    ).toEqual([
      ['paid', `9${paymentId}`, '2026-11-23'],
      ['surplus', '701', '2026-11-23'],
      ['wrong-amount', '702', '2026-11-23'],
      ['surplus', '703', '2026-11-23'],
      // After midnight in Vietnam; what a person transferred is on no gateway's statement.
      ['refunded', `r${paymentId}01`, '2026-11-25'],
    ]);
  });
});

describe('an order without money', () => {
  const reference = '1000000000000301';
  const rows = (record: ReturnType<typeof aPaidRecord>) => rowsOfUnpaid(record, account, reference, at);

  it('is no row while nobody has told how it ended: the gateway has it and we do not', () => {
    expect(rows(anOpenRecord())).toEqual([]);
    expect(rows(withAttempt(anOpenRecord(), '01', { gatewayRef: reference }))).toEqual([]);
  });

  it.each([
    ['failed', withAttempt(anOpenRecord(), '01', { gatewayRef: reference, outcome: 'failed' })],
    ['review', withAttempt(anOpenRecord(), '01', { gatewayRef: reference, outcome: 'review' })],
    ['expired', withAttempt(anExpiredRecord(), '01', { gatewayRef: reference })],
  ])('is a row that says %s', (state, record) => {
    expect(rows(record)).toMatchObject([{ state, reference, amountVnd: 28_000, businessDate: '2026-11-23' }]);
  });

  it('is none of another account’s', () => {
    const record = withAttempt(anOpenRecord(), '01', { gatewayRef: reference, outcome: 'failed', merchant: 'vpdkdd' });

    expect(rows(record)).toEqual([]);
  });
});

describe('money in suspense', () => {
  const suspense = (change: object) =>
    suspenseSchema.parse({
      ...account,
      gatewayRef: 'la-gi',
      transactionId: '77',
      identity: '77',
      amountVnd: 28_000,
      resultCode: '00',
      paidAt: at,
      businessDate: '2026-11-23',
      evidence: { sha256: '0'.repeat(64) },
      suspenseClass: 'unknown-order',
      owner: 'finance-desk',
      keptAt: at,
      ...change,
    });
  const proposed = { number: 1, paymentId: aPaidRecord().payment.paymentId, maker: 'kt.lan' };

  it('counts until two persons have assigned it, and not while nobody can read its amount', () => {
    const waiting = { ...proposed, state: 'proposed', reason: 'Trùng số tiền và giờ', proposedAt: at };
    const assigned = { ...proposed, state: 'assigned', checker: 'kt.minh', assignedAt: at, became: 'settlement' };

    expect(rowsOfSuspense(suspense({}))).toMatchObject([{ state: 'suspense', transactionId: '77', receipt: null }]);
    expect(rowsOfSuspense(suspense({ assignment: waiting }))).toHaveLength(1);
    expect(rowsOfSuspense(suspense({ assignment: assigned }))).toEqual([]);
    expect(rowsOfSuspense(suspense({ amountVnd: null, suspenseClass: 'unreadable' }))).toEqual([]);
  });
});

describe('a reference', () => {
  const { paymentId } = aPaidRecord().payment;

  it.each([
    ['as we gave it', `${paymentId}01`],
    ['with what a gateway puts before it', `261123_${paymentId}01`],
    ['within the text of a transfer', `BLQN${paymentId}01 chuyen khoan`],
  ])('names its payment %s', (_how, reference) => {
    expect(paymentNamedIn(reference)).toBe(paymentId);
  });

  it.each([null, '', 'chuyen khoan', `${paymentId}00`, '4862039175110201'])(
    'of another form names none: %s',
    (text) => {
      expect(paymentNamedIn(text)).toBeUndefined();
    },
  );
});
