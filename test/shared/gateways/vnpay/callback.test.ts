import { describe, expect, it } from '@jest/globals';
import { paymentNoticeSchema } from '#schemas/payment-notice.ts';
import { responseCodes, transactionStatuses } from '#shared/gateways/vnpay/codes.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { callbackByQuery } from '#test/support/callback-requests.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { vnpayCallback, vnpaySecret } from '#test/support/vnpay-messages.ts';

const connection = connectTestAccount(vnpay, vnpaySecret);
const read = (query: string) => connection.readCallback(callbackByQuery(query), anInstant);
const readChanged = (changes: Readonly<Record<string, string | undefined>>) => read(vnpayCallback(changes));

describe("VNPAY's callback", () => {
  it('becomes a notice in our own words', () => {
    const reading = readChanged({});
    expect(reading).toEqual({
      kind: 'notice',
      notice: {
        gateway: 'vnpay',
        merchant: 'ttpvhcc',
        orderRef: '1000000000000301',
        transactionId: '14831393',
        amountVnd: 150_000,
        result: 'paid',
        resultCode: '00',
        paidAt: '2026-03-05T07:32:58.000Z',
        bankCode: 'NCB',
      },
    });
    expect(reading.kind === 'notice' && paymentNoticeSchema.safeParse(reading.notice).success).toBe(true);
  });

  it('is paid only when both codes are 00', () => {
    for (const response of [...responseCodes.keys(), '88', 'ZZ']) {
      for (const status of [...transactionStatuses.keys(), '77']) {
        const reading = readChanged({ vnp_ResponseCode: response, vnp_TransactionStatus: status });
        const isPaid = reading.kind === 'notice' && reading.notice.result === 'paid';
        expect([response, status, isPaid]).toEqual([response, status, response === '00' && status === '00']);
      }
    }
  });

  it.each([
    ['24', '02', 'failed', '24/02'],
    ['88', '02', 'failed', '88/02'],
    ['00', '02', 'failed', '00/02'],
    ['00', '01', 'pending', '00/01'],
    ['00', '77', 'pending', '00/77'],
    ['07', '07', 'review', '07'],
    ['00', '04', 'review', '00/04'],
    ['24', '04', 'review', '24/04'],
  ])('with codes %s and %s is %s', (response, status, result, resultCode) => {
    expect(readChanged({ vnp_ResponseCode: response, vnp_TransactionStatus: status })).toMatchObject({
      notice: { result, resultCode },
    });
  });

  it('tells when money was taken, and only then', () => {
    expect(readChanged({ vnp_ResponseCode: '07', vnp_TransactionStatus: '07' })).toMatchObject({
      notice: { paidAt: '2026-03-05T07:32:58.000Z' },
    });
    expect(readChanged({ vnp_ResponseCode: '24', vnp_TransactionStatus: '02' })).toMatchObject({
      notice: { paidAt: null },
    });
  });

  it.each([undefined, '', '20261345250000', 'yesterday'])('keeps the payment when its time reads %j', (payDate) => {
    expect(readChanged({ vnp_PayDate: payDate })).toMatchObject({
      kind: 'notice',
      notice: { result: 'paid', paidAt: null },
    });
  });

  it('has no transaction number when VNPAY made no transaction', () => {
    expect(readChanged({ vnp_TransactionNo: '0' })).toMatchObject({ notice: { transactionId: null } });
  });

  it('leaves a bank code out that is too long to be one', () => {
    const reading = readChanged({ vnp_BankCode: 'B'.repeat(10_000) });
    expect(reading).toMatchObject({ kind: 'notice', notice: { result: 'paid' } });
    expect(reading).not.toHaveProperty('notice.bankCode');
  });

  it('names the terminal when it is not ours', () => {
    expect(readChanged({ vnp_TmnCode: 'ZZZZ9999' })).toMatchObject({ kind: 'notice', foreignAccount: 'ZZZZ9999' });
  });

  it.each([
    ['vnp_Amount', '15.000.000', 'vnp_Amount must be 1 to 12 digits'],
    ['vnp_Amount', '-15000000', 'vnp_Amount must be 1 to 12 digits'],
    ['vnp_Amount', '1e7', 'vnp_Amount must be 1 to 12 digits'],
    ['vnp_Amount', '1500000000000', 'vnp_Amount must be 1 to 12 digits'],
    ['vnp_Amount', '１５００００', 'vnp_Amount must be 1 to 12 digits'],
    ['vnp_Amount', '15000050', 'vnp_Amount must be whole đồng × 100'],
    ['vnp_Amount', undefined, 'vnp_Amount is missing'],
    ['vnp_TransactionNo', 'ABC', 'vnp_TransactionNo must be digits'],
    ['vnp_ResponseCode', undefined, 'vnp_ResponseCode is missing'],
    ['vnp_TransactionStatus', '', 'vnp_TransactionStatus is missing'],
    ['vnp_TmnCode', undefined, 'vnp_TmnCode is missing'],
  ])('with %s = %s is malformed: %s', (name, value, why) => {
    expect(readChanged({ [name]: value })).toMatchObject({ kind: 'malformed', orderRef: '1000000000000301', why });
  });

  it('keeps the readable facts of a malformed message for a person', () => {
    expect(readChanged({ vnp_Amount: '15000050' })).toEqual({
      kind: 'malformed',
      orderRef: '1000000000000301',
      transactionId: '14831393',
      paidAt: '2026-03-05T07:32:58.000Z',
      why: 'vnp_Amount must be whole đồng × 100',
    });
    expect(readChanged({ vnp_TxnRef: 'x'.repeat(10_000), vnp_TransactionNo: 'x', vnp_PayDate: undefined })).toEqual({
      kind: 'malformed',
      orderRef: null,
      transactionId: null,
      paidAt: null,
      why: 'vnp_TxnRef must be at most 100 characters; vnp_TransactionNo must be digits',
    });
  });

  it('does not take an order reference that was appended unsigned', () => {
    const query = vnpayCallback({ vnp_TxnRef: undefined });
    expect(read(query)).toMatchObject({ kind: 'malformed', orderRef: null });
    expect(read(`${query}&vnp_TxnRef=1000000000000301`)).toMatchObject({ kind: 'bad-signature' });
  });

  it.each([
    ['a repeated parameter', `${vnpayCallback()}&vnp_Amount=100`],
    ['a repeated parameter of the same value', `${vnpayCallback()}&vnp_Amount=15000000`],
    ['a repeated parameter in disguise', `${vnpayCallback()}&vnp%5FAmount=100`],
    ['a repeated hash', `${vnpayCallback()}&vnp_SecureHash=`],
    ['bytes that are not UTF-8', `${vnpayCallback()}&note=%FF`],
    ['no query', ''],
    ['another secret', vnpayCallback({}, 'another-secret')],
  ])('is refused with %s', (_what, query) => {
    expect(read(query)).toMatchObject({ kind: 'bad-signature' });
  });

  it('never repeats its content in the reasons that are logged', () => {
    const marker = 'NGUYEN-VAN-AN';
    const readings = ['vnp_Amount', 'vnp_TransactionNo', 'vnp_ResponseCode'].map((name) =>
      readChanged({ [name]: marker.repeat(10), vnp_OrderInfo: marker }),
    );
    for (const reading of readings) expect(reading).toMatchObject({ why: expect.not.stringContaining(marker) });
  });

  it('is answered with HTTP 200 in VNPAY’s words', () => {
    const request = callbackByQuery('');
    const answer = (outcome: Parameters<typeof connection.answerCallback>[0]) =>
      connection.answerCallback(outcome, request);
    expect(answer('paid')).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"RspCode":"00","Message":"Confirm Success"}',
    });
    const codes = (
      ['failed', 'duplicate', 'unknown_order', 'amount_mismatch', 'bad_signature', 'unavailable'] as const
    ).map((outcome) => [answer(outcome).status, /\d\d/.exec(answer(outcome).body)?.[0]]);
    expect(codes).toEqual([
      [200, '00'],
      [200, '02'],
      [200, '01'],
      [200, '04'],
      [200, '97'],
      [200, '99'],
    ]);
  });
});
