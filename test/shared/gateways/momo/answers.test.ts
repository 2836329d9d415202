import { describe, expect, it } from '@jest/globals';
import { readQueryAnswer } from '#shared/gateways/momo/answers.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { momoAccountSchema } from '#shared/gateways/momo/settings.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { momoSecret } from '#test/support/momo-messages.ts';

const orderRef = '1000000000000301';
const account = momoAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(momo).settings,
  secrets: [momoSecret],
});

function answer(changes: Readonly<Record<string, unknown>> = {}) {
  const values = {
    partnerCode: momoSecret.partnerCode,
    orderId: orderRef,
    requestId: 'rq-2',
    amount: 28_000,
    transId: 4_088_878_653,
    resultCode: 0,
    message: 'Thành công.',
    responseTime: 1_795_313_731_000,
    refundTrans: [],
    ...changes,
  };
  return { status: 200, headers: {}, body: JSON.stringify(values) };
}

const query = (changes: Readonly<Record<string, unknown>> = {}) => readQueryAnswer(answer(changes), orderRef, account);

describe("MoMo's answer to a query", () => {
  it('gives a notice, without a time of payment, which it does not tell', () => {
    expect(query()).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'momo',
        merchant: 'ttpvhcc',
        orderRef,
        transactionId: '4088878653',
        amountVnd: 28_000,
        result: 'paid',
        resultCode: '0',
        paidAt: null,
      },
    });
  });

  it.each([
    [1000, 'pending'],
    [9000, 'pending'],
    [5555, 'pending'],
    [1006, 'failed'],
  ])('with code %d is %s', (resultCode, result) => {
    expect(query({ resultCode, transId: 0 })).toMatchObject({
      kind: 'notice',
      notice: { result, transactionId: null },
    });
  });

  it('says that an order is not known', () => {
    expect(query({ resultCode: 42, amount: null, transId: null })).toEqual({ kind: 'not-found', resultCode: '42' });
  });

  it('is unknown, never failed, when MoMo refused the question', () => {
    for (const resultCode of [10, 11, 13, 20, 99]) expect(query({ resultCode })).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['another order', { orderId: '1000000000000302' }],
    ['another partner', { partnerCode: 'MOMOSOMEONEELSE' }],
    ['an unreadable amount', { amount: '28k' }],
    ['no code', { resultCode: '' }],
  ])('is unknown when it speaks of %s', (_what, changes) => {
    expect(query(changes)).toMatchObject({ kind: 'unknown' });
  });

  it('is unknown when it is no JSON', () => {
    expect(readQueryAnswer({ status: 504, headers: {}, body: 'timeout' }, orderRef, account)).toMatchObject({
      kind: 'unknown',
    });
  });
});
