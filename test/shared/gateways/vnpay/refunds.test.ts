import { describe, expect, it } from '@jest/globals';
import { refundingOf } from '#shared/gateways/vnpay/refunds.ts';
import { vnpayAccountSchema } from '#shared/gateways/vnpay/settings.ts';
import { signedTextOf, verifyJson } from '#shared/gateways/vnpay/signer.ts';
import { aRefund, aRefundQuestion, fieldsOf, literalsOf, requestOf, vnd } from '#test/support/refund-orders.ts';
import { vnpaySecret } from '#test/support/vnpay-messages.ts';

const apiUrl = 'http://localhost:4400/bank/vnpay/api';
const account = vnpayAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: { payUrl: 'http://localhost:4400/bank/vnpay/pay', apiUrl, serverIp: '203.0.113.9' },
  secrets: [vnpaySecret, { ...vnpaySecret, hashSecret: 'the-older-secret' }],
});
const refunding = refundingOf(account);
const refund = aRefund(refunding);

describe("VNPAY's refund request", () => {
  it('carries the whole sum × 100, on a Vietnamese wall, signed by the first secret', () => {
    const { request } = requestOf(refunding.requestRefund(refund));
    expect(request).toMatchObject({ method: 'POST', url: apiUrl });
    const { vnp_SecureHash, ...fields } = fieldsOf(request);
    expect(fields).toEqual({
      vnp_RequestId: 'r1000000000000301',
      vnp_Version: '2.1.0',
      vnp_Command: 'refund',
      vnp_TmnCode: 'DVCHCM01',
      vnp_TransactionType: '02',
      vnp_TxnRef: '1000000000000301',
      vnp_Amount: 2_800_000,
      vnp_TransactionNo: '4088878653',
      vnp_TransactionDate: '20261122091530',
      vnp_CreateBy: 'kt-02',
      vnp_CreateDate: '20261123091530',
      vnp_IpAddr: '203.0.113.9',
      vnp_OrderInfo: 'Hoan phi ho so H49.14-261122-0001',
    });
    expect(vnp_SecureHash).toMatch(/^[0-9a-f]{128}$/);
    expect(verifyJson('refundRequest', literalsOf(request), [vnpaySecret.hashSecret])).toBe(true);
    expect(signedTextOf('refundRequest', literalsOf(request))).toBe(
      'r1000000000000301|2.1.0|refund|DVCHCM01|02|1000000000000301|2800000|4088878653|20261122091530|kt-02|' +
        '20261123091530|203.0.113.9|Hoan phi ho so H49.14-261122-0001',
    );
  });

  it('is partial for less than was paid', () => {
    const { request } = requestOf(refunding.requestRefund({ ...refund, amountVnd: vnd(27_999) }));
    expect(fieldsOf(request)).toMatchObject({ vnp_TransactionType: '03', vnp_Amount: 2_799_900 });
  });

  it('signs 0 for a transaction whose number is not known, and sends none', () => {
    const { request } = requestOf(
      refunding.requestRefund({ ...refund, paid: { ...refund.paid, transactionId: null } }),
    );
    expect(fieldsOf(request)).not.toHaveProperty('vnp_TransactionNo');
    expect(signedTextOf('refundRequest', literalsOf(request))).toContain('|2800000|0|20261122091530|');
  });

  it('is left to a person when another refund of this money had the same amount, which the query could not tell apart', () => {
    const second = { ...refund, amountVnd: vnd(10_000), otherRefundsVnd: [vnd(5_000), vnd(10_000)] };
    expect(refunding.requestRefund(second)).toEqual({
      kind: 'unsupported',
      why: expect.stringContaining('same amount'),
    });
    expect(refunding.requestRefund({ ...second, amountVnd: vnd(10_001) }).kind).toBe('request');
  });
});

describe('the question to VNPAY about a refund', () => {
  it('is querydr of the payment, with a request id of its own, signed', () => {
    const { request } = refunding.askRefund(aRefundQuestion(refunding));
    expect(request).toMatchObject({ method: 'POST', url: apiUrl });
    expect(fieldsOf(request)).toMatchObject({
      vnp_RequestId: 'q1000000000000301m9x0y1z2',
      vnp_Command: 'querydr',
      vnp_TxnRef: '1000000000000301',
      vnp_TransactionDate: '20261122091530',
      vnp_CreateDate: '20261123092030',
    });
    expect(verifyJson('queryRequest', literalsOf(request), [vnpaySecret.hashSecret])).toBe(true);
  });
});
