import { describe, expect, it } from '@jest/globals';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { onepay } from '#shared/gateways/onepay/gateway.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByBody, callbackByQuery } from '#test/support/callback-requests.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { type OnepayChanges, onepayCallback, onepaySecret } from './messages.ts';

const connection = connectTestAccount(onepay, onepaySecret);
const read = (query: string) => connection.readCallback(callbackByQuery(query), anInstant);
const readChanged = (changes: OnepayChanges) => read(onepayCallback(changes));

describe("OnePay's callback", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged({});
    expect(reading).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'onepay',
        merchant: 'ttpvhcc',
        orderRef: '1000000000000301',
        transactionId: 'PAY-q8Xw2mTzRk6Lh4BvNc9YsA',
        amountVnd: 75_000,
        result: 'paid',
        resultCode: '0',
        paidAt: '2026-11-22T02:20:33.000Z',
      },
    });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it('is read from a form in the body too', () => {
    expect(connection.readCallback(callbackByBody(onepayCallback()), anInstant)).toEqual(readChanged({}));
    expect(connection.readCallback(callbackByBody(Uint8Array.of(0xc3, 0x28)), anInstant)).toMatchObject({
      kind: 'bad-signature',
    });
  });

  it.each([
    ['0', 'paid'],
    ['99', 'failed'],
    ['300', 'pending'],
    ['100', 'pending'],
    ['1', 'failed'],
    ['F', 'failed'],
    ['00', 'failed'],
  ])('with code %s is %s', (vpc_TxnResponseCode, result) => {
    const reading = readChanged({ vpc_TxnResponseCode });
    expect(reading).toMatchObject({ kind: 'notice', notice: { result, resultCode: vpc_TxnResponseCode } });
    expect(reading.kind === 'notice' && reading.notice.paidAt !== null).toBe(result === 'paid');
  });

  it.each([undefined, '', '0', '000'])('has no transaction when vpc_TransactionNo is %j', (vpc_TransactionNo) => {
    const reading = readChanged({ vpc_TransactionNo, vpc_TxnResponseCode: '99' });
    expect(reading).toMatchObject({ notice: { transactionId: null } });
  });

  it.each([undefined, '20260230T022033Z', '20261122022033', 'now'])(
    'keeps the payment when its time is %j',
    (vpc_PaymentTime) => {
      expect(readChanged({ vpc_PaymentTime })).toMatchObject({ notice: { result: 'paid', paidAt: null } });
    },
  );

  it('names the merchant when it is not ours', () => {
    expect(readChanged({ vpc_Merchant: 'SOMEONEELSE' })).toMatchObject({ foreignAccount: 'SOMEONEELSE' });
  });

  it.each([
    ['vpc_Amount', '7500050', 'vpc_Amount must be whole đồng × 100'],
    ['vpc_Amount', '75k', 'vpc_Amount must be 1 to 12 digits'],
    ['vpc_Amount', undefined, 'vpc_Amount is missing'],
    ['vpc_TxnResponseCode', undefined, 'vpc_TxnResponseCode is missing'],
    ['vpc_TxnResponseCode', '0'.repeat(21), 'vpc_TxnResponseCode must be at most 20 characters'],
    ['vpc_TransactionNo', 'x'.repeat(65), 'vpc_TransactionNo must be at most 64 characters'],
    ['vpc_Merchant', undefined, 'vpc_Merchant is missing'],
  ])('with %s = %j is malformed: %s', (name, value, why) => {
    expect(readChanged({ [name]: value })).toMatchObject({ kind: 'malformed', orderRef: '1000000000000301', why });
  });

  it('keeps the readable facts of a malformed message for a person', () => {
    expect(readChanged({ vpc_MerchTxnRef: 'x'.repeat(101) })).toEqual({
      kind: 'malformed',
      orderRef: null,
      transactionId: 'PAY-q8Xw2mTzRk6Lh4BvNc9YsA',
      paidAt: '2026-11-22T02:20:33.000Z',
      why: 'vpc_MerchTxnRef must be at most 100 characters',
    });
    expect(readChanged({ vpc_Amount: 'x', vpc_TxnResponseCode: '99' })).toMatchObject({ paidAt: null });
  });

  it('knows the same number of another order for other money', () => {
    const identityOf = (changes: OnepayChanges) => {
      const reading = readChanged(changes);
      if (reading.kind !== 'notice') throw new Error(reading.why);
      return connection.identityOf(reading.notice);
    };
    expect(identityOf({ vpc_Message: 'again' })).toBe(identityOf({}));
    expect(identityOf({ vpc_MerchTxnRef: '1000000000000302' })).not.toBe(identityOf({}));
  });

  it.each([
    ['paid', 'responsecode=1&desc=confirm-success'],
    ['failed', 'responsecode=1&desc=confirm-success'],
    ['unknown_order', 'responsecode=1&desc=confirm-success'],
    ['bad_signature', 'responsecode=0&desc=confirm-fail'],
    ['unavailable', 'responsecode=0&desc=confirm-fail'],
  ] as const)('is answered, when it is %s, with %s', (outcome, body) => {
    expect(connection.answerCallback(outcome, callbackByQuery(''))).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body,
    });
  });
});
