import { describe, expect, it } from '@jest/globals';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { readRefundAnswer, readRefundQueryAnswer } from '#shared/gateways/vnpay/refund-answers.ts';
import { refundingOf } from '#shared/gateways/vnpay/refunds.ts';
import { vnpayAccountSchema } from '#shared/gateways/vnpay/settings.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { aRefund, vnd } from '#test/support/refund-orders.ts';
import { vnpayAnswer, vnpaySecret } from '#test/support/vnpay-messages.ts';

type Changes = Readonly<Record<string, string | number>>;

const account = vnpayAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(vnpay).settings,
  secrets: [vnpaySecret],
});
const full = aRefund(refundingOf(account));
const partial = { ...full, amountVnd: vnd(10_000) };
const ofFull = { vnp_TransactionType: '02' };
const ofPartial = { vnp_TransactionType: '03', vnp_Amount: 1_000_000 };

const refund = (changes: Changes = {}) => readRefundAnswer(vnpayAnswer('refundAnswer', changes), full, account);
const query = (changes: Changes = {}, asked = full) =>
  readRefundQueryAnswer(vnpayAnswer('queryAnswer', changes), asked, account);

describe("VNPAY's answer to a refund", () => {
  it.each(['00', '94'])('with code %s is accepted', (vnp_ResponseCode) => {
    expect(refund({ vnp_ResponseCode })).toEqual({
      kind: 'accepted',
      resultCode: vnp_ResponseCode,
      transactionId: '14831393',
    });
  });

  it.each(['03', '91', '95'])('with code %s is a refusal', (vnp_ResponseCode) => {
    expect(refund({ vnp_ResponseCode })).toMatchObject({ kind: 'refused', resultCode: vnp_ResponseCode });
  });

  it.each(['99', '77', ''])('with code %j is unknown', (vnp_ResponseCode) => {
    expect(refund({ vnp_ResponseCode })).toMatchObject({ kind: 'unknown' });
  });

  it.each(['02', '97'])('with code %s is unknown: it says nothing of an earlier request', (vnp_ResponseCode) => {
    expect(refund({ vnp_ResponseCode })).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining(vnp_ResponseCode),
    });
  });

  it('has no transaction where VNPAY names none', () => {
    expect(refund({ vnp_TransactionNo: '0' })).toMatchObject({ kind: 'accepted', transactionId: null });
  });

  it('is unknown when it is signed by somebody else, or speaks of another order or terminal', () => {
    const forged = vnpayAnswer('refundAnswer', { vnp_ResponseCode: '95' }, 'another-secret');
    expect(readRefundAnswer(forged, full, account)).toMatchObject({ kind: 'unknown' });
    const asQuery = vnpayAnswer('queryAnswer', { vnp_ResponseCode: '95' });
    expect(readRefundAnswer(asQuery, full, account)).toMatchObject({ kind: 'unknown' });
    expect(refund({ vnp_TxnRef: '1000000000000302' })).toMatchObject({ kind: 'unknown' });
    expect(refund({ vnp_TmnCode: 'ZZZZ9999' })).toMatchObject({ kind: 'unknown' });
  });
});

describe('what querydr says of a refund', () => {
  it.each([
    ['00', 'refunded'],
    ['01', 'pending'],
    ['05', 'pending'],
    ['06', 'pending'],
    ['09', 'failed'],
  ])('is, by status %s, that it is %s, in full and in part', (status, kind) => {
    const changes = { vnp_TransactionStatus: status };
    expect(query({ ...ofFull, ...changes })).toEqual({ kind, resultCode: `02/${status}` });
    expect(query({ ...ofPartial, ...changes }, partial)).toEqual({ kind, resultCode: `03/${status}` });
  });

  it.each(['02', '04', '07', '55', ''])('is nothing certain by status %j', (vnp_TransactionStatus) => {
    expect(query({ ...ofFull, vnp_TransactionStatus })).toMatchObject({ kind: 'unknown' });
  });

  it('is that there is none, when it speaks of a successful payment: the request was lost', () => {
    expect(query()).toEqual({ kind: 'not-found', resultCode: '01/00' });
    expect(query({}, partial)).toEqual({ kind: 'not-found', resultCode: '01/00' });
  });

  it.each(['01', '02', '04', '05', '06', '07', '09'])(
    'is nothing certain by status %s of the payment',
    (vnp_TransactionStatus) => {
      expect(query({ vnp_TransactionStatus })).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each([
    ['another amount', partial, { ...ofPartial, vnp_Amount: 500_000 }],
    ['the whole sum', partial, ofFull],
    ['a part', full, ofPartial],
    ['an amount that cannot be read', full, { ...ofFull, vnp_Amount: '' }],
    ['a kind that is new', full, { vnp_TransactionType: '04' }],
  ])('is nothing certain when it speaks of a refund of %s', (_what, asked, changes) => {
    expect(query(changes, asked)).toMatchObject({ kind: 'unknown' });
  });

  it.each(['02', '03', '91', '94', '97', '99', ''])('is nothing certain when the query ends with code %j', (code) => {
    expect(query({ ...ofFull, vnp_ResponseCode: code })).toMatchObject({ kind: 'unknown' });
  });

  it('counts only when it is signed by VNPAY', () => {
    const forged = vnpayAnswer('queryAnswer', { ...ofFull, vnp_TransactionStatus: '09' }, 'another-secret');
    expect(readRefundQueryAnswer(forged, full, account)).toMatchObject({ kind: 'unknown' });
  });
});
