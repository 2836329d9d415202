import { describe, expect, it } from '@jest/globals';
import { readQueryAnswer } from '#shared/gateways/vnpay/answers.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { vnpayAccountSchema } from '#shared/gateways/vnpay/settings.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { vnpayAnswer, vnpaySecret } from '#test/support/vnpay-messages.ts';

const orderRef = '1000000000000301';
const account = vnpayAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: readTestAccount(vnpay).settings,
  secrets: [vnpaySecret],
});

const query = (changes: Readonly<Record<string, string | number>> = {}) =>
  readQueryAnswer(vnpayAnswer('queryAnswer', changes), orderRef, account);

describe("VNPAY's answer to a query", () => {
  it('gives the same notice as the callback', () => {
    expect(query()).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'vnpay',
        merchant: 'ttpvhcc',
        orderRef,
        transactionId: '14831393',
        amountVnd: 28_000,
        result: 'paid',
        resultCode: '00',
        paidAt: '2026-11-22T02:16:00.000Z',
        bankCode: 'NCB',
      },
    });
  });

  it.each([
    ['01', 'pending'],
    ['02', 'failed'],
    ['04', 'review'],
    ['07', 'review'],
    ['55', 'pending'],
  ])('with status %s is %s', (status, result) => {
    expect(query({ vnp_TransactionStatus: status })).toMatchObject({ kind: 'notice', notice: { result } });
  });

  it('says that an order is not known', () => {
    expect(query({ vnp_ResponseCode: '91' })).toEqual({ kind: 'not-found', resultCode: '91' });
  });

  it.each([
    ['an error of its own', { vnp_ResponseCode: '99' }],
    ['a code that is new', { vnp_ResponseCode: '77' }],
    ['a repeated request id', { vnp_ResponseCode: '94' }],
    ['a refund', { vnp_TransactionType: '02' }],
    ['another order', { vnp_TxnRef: '1000000000000302' }],
    ['another terminal', { vnp_TmnCode: 'ZZZZ9999' }],
    ['an unreadable amount', { vnp_Amount: '28.000' }],
  ])('is unknown, never failed, when it speaks of %s', (_what, changes) => {
    expect(query(changes)).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['is not signed', JSON.stringify({ vnp_ResponseCode: '00', vnp_TxnRef: orderRef })],
    ['is tampered with', vnpayAnswer('queryAnswer').body.replace('2800000', '2800100')],
    ['repeats a key', vnpayAnswer('queryAnswer').body.replace('{', '{"vnp_Amount":1,')],
    ['is a web page', '<html>502 Bad Gateway</html>'],
    ['is empty', ''],
    ['is a list', '[]'],
  ])('is unknown when it %s', (_what, body) => {
    expect(readQueryAnswer({ status: 502, headers: {}, body }, orderRef, account)).toMatchObject({ kind: 'unknown' });
  });
});
