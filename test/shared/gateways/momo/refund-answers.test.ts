import { describe, expect, it } from '@jest/globals';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { readRefundAnswer, readRefundQueryAnswer } from '#shared/gateways/momo/refund-answers.ts';
import { refundingOf } from '#shared/gateways/momo/refunds.ts';
import { momoAccountSchema } from '#shared/gateways/momo/settings.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { momoSecret } from '#test/support/momo-messages.ts';
import { aRefund } from '#test/support/refund-orders.ts';

type Changes = Readonly<Record<string, unknown>>;

const account = momoAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(momo).settings,
  secrets: [momoSecret],
});
const asked = aRefund(refundingOf(account));
const { partnerCode } = momoSecret;

const answer = (values: Changes, status = 200) => ({ status, headers: {}, body: JSON.stringify(values) });
const accepted = {
  partnerCode,
  orderId: asked.refundRef,
  requestId: asked.refundRef,
  amount: 28_000,
  transId: 4_088_878_700,
  resultCode: 0,
  message: 'Thành công.',
  responseTime: 1_795_400_131_000,
};
const refund = (changes: Changes = {}) => readRefundAnswer(answer({ ...accepted, ...changes }), asked, account);

const listed = { orderId: asked.refundRef, amount: 28_000, resultCode: 0, transId: 4_088_878_700, createdTime: 1 };
const told = { partnerCode, orderId: asked.refundRef, requestId: 'q1', resultCode: 0, message: '', responseTime: 1 };
const query = (changes: Changes = {}) => readRefundQueryAnswer(answer({ ...told, ...changes }), asked, account);
const queryListing = (...changes: readonly Changes[]) =>
  query({ refundTrans: changes.map((change) => ({ ...listed, ...change })) });

describe("MoMo's answer to a refund", () => {
  it('with code 0 is accepted', () => {
    expect(refund()).toEqual({ kind: 'accepted', resultCode: '0', transactionId: '4088878700' });
    expect(refund({ transId: 0 })).toMatchObject({ kind: 'accepted', transactionId: null });
  });

  it.each([7000, 7002])('with code %d is accepted: MoMo has it in process', (resultCode) => {
    expect(refund({ resultCode, transId: 0 })).toEqual({
      kind: 'accepted',
      resultCode: String(resultCode),
      transactionId: null,
    });
    expect(refund({ resultCode, orderId: null })).toMatchObject({ kind: 'unknown' });
  });

  it.each([1001, 1080, 1081, 1088, 20, 21, 22, 42])('with code %d is a refusal', (resultCode) => {
    expect(refund({ resultCode })).toMatchObject({ kind: 'refused', resultCode: String(resultCode) });
    expect(refund({ resultCode, orderId: null, amount: null })).toMatchObject({ kind: 'refused' });
  });

  it.each([40, 41, 43, 98, 99, 5555])('with code %d is unknown: it keeps its reserve', (resultCode) => {
    expect(refund({ resultCode })).toMatchObject({ kind: 'unknown' });
  });

  it.each([10, 11, 12, 13])('with code %d is unknown: it says nothing of an earlier request', (resultCode) => {
    expect(refund({ resultCode })).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['another order', { orderId: '1000000000000301' }],
    ['another order, which it refuses', { orderId: '1000000000000301', resultCode: 1081 }],
    ['no order', { orderId: null }],
    ['another amount', { amount: 10_000 }],
    ['another partner', { partnerCode: 'MOMOSOMEONEELSE' }],
    ['no code', { resultCode: null }],
  ])('is unknown when it speaks of %s', (_what, changes) => {
    expect(refund(changes)).toMatchObject({ kind: 'unknown' });
  });
});

describe("MoMo's answer to a refund's query", () => {
  it.each([
    [0, 'refunded'],
    [7000, 'pending'],
    [7002, 'pending'],
    [1001, 'failed'],
    [1080, 'failed'],
    [1081, 'failed'],
    [1088, 'failed'],
  ])('that lists it with code %d says that it is %s', (resultCode, kind) => {
    expect(queryListing({ resultCode })).toEqual({ kind, resultCode: String(resultCode) });
  });

  it.each([10, 13, 20, 42, 99, 5555])('that lists it with code %d is unknown', (resultCode) => {
    expect(queryListing({ resultCode })).toMatchObject({ kind: 'unknown' });
  });

  it('finds it among others', () => {
    const other = { orderId: 'r1000000000000302', resultCode: 1080 };
    expect(queryListing(other, {})).toMatchObject({ kind: 'refunded' });
    expect(queryListing({ resultCode: 7002 }, { ...other, resultCode: 0 })).toMatchObject({ kind: 'pending' });
  });

  it('says that it knows no such refund, whose request was lost', () => {
    expect(query({ resultCode: 42, orderId: null })).toEqual({ kind: 'not-found', resultCode: '42' });
    expect(query({ resultCode: 42, refundTrans: [] })).toEqual({ kind: 'not-found', resultCode: '42' });
  });

  it('may tell by its own code what became of a refund that it does not list', () => {
    expect(query({ resultCode: 7002 })).toEqual({ kind: 'pending', resultCode: '7002' });
    expect(query({ resultCode: 1080, refundTrans: [] })).toEqual({ kind: 'failed', resultCode: '1080' });
  });

  it.each([
    ['a success lists nothing', { refundTrans: [] }],
    ['a success has no list', { amount: 28_000 }],
    ['a success lists other refunds only', { refundTrans: [{ ...listed, orderId: 'r1000000000000302' }] }],
    ['a failure names no order', { resultCode: 1080, orderId: null }],
    ['it is about another order', { orderId: 'r1000000000000302', refundTrans: [listed] }],
    ['it is for another partner', { partnerCode: 'MOMOSOMEONEELSE', refundTrans: [listed] }],
    ['it lists another amount', { refundTrans: [{ ...listed, amount: 27_000 }] }],
    ['it lists the refund twice', { refundTrans: [listed, { ...listed, resultCode: 1080 }] }],
    ['an entry has no code', { refundTrans: [{ ...listed, resultCode: null }] }],
    ['the list is none', { refundTrans: 'r1000000000000301' }],
    ['MoMo refused the question', { resultCode: 13 }],
    ['MoMo is under maintenance', { resultCode: 10 }],
  ])('is unknown when %s', (_what, changes) => {
    expect(query(changes)).toMatchObject({ kind: 'unknown' });
  });
});
