import { describe, expect, it } from '@jest/globals';
import { refundingOf } from '#shared/gateways/momo/refunds.ts';
import { momoAccountSchema } from '#shared/gateways/momo/settings.ts';
import { signedTextOf, verifyMessage } from '#shared/gateways/momo/signer.ts';
import { momoSecret } from '#test/support/momo-messages.ts';
import { aRefund, aRefundQuestion, fieldsOf, literalsOf, requestOf, vnd } from '#test/support/refund-orders.ts';

const apiBaseUrl = 'http://localhost:4400/bank/momo';
const account = momoAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: { apiBaseUrl },
  secrets: [momoSecret, { ...momoSecret, secretKey: 'the-older-secret' }],
});
const refunding = refundingOf(account);
const paid = { ...aRefund(refunding).paid, amountVnd: vnd(90_000_000) };

describe("MoMo's refund request", () => {
  it("names the refund by an order id of its own, which is its request id too, and the payment by MoMo's number", () => {
    const { request } = requestOf(refunding.requestRefund(aRefund(refunding)));
    expect(request).toMatchObject({ method: 'POST', url: `${apiBaseUrl}/v2/gateway/api/refund` });
    const { signature, ...fields } = fieldsOf(request);
    expect(fields).toEqual({
      partnerCode: momoSecret.partnerCode,
      orderId: 'r1000000000000301',
      requestId: 'r1000000000000301',
      amount: 28_000,
      transId: '4088878653',
      description: 'Hoan phi ho so H49.14-261122-0001',
      lang: 'vi',
    });
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(verifyMessage('refund', literalsOf(request), [momoSecret])).toBe(true);
    expect(signedTextOf('refund', literalsOf(request), momoSecret)).toBe(
      `accessKey=${momoSecret.accessKey}&amount=28000&description=Hoan phi ho so H49.14-261122-0001` +
        `&orderId=r1000000000000301&partnerCode=${momoSecret.partnerCode}&requestId=r1000000000000301&transId=4088878653`,
    );
  });

  it('keeps every digit of a number beyond 2^53', () => {
    const transactionId = '12345678901234567891';
    const { request } = requestOf(refunding.requestRefund(aRefund(refunding, { paid: { ...paid, transactionId } })));
    expect(request.body).toContain(transactionId);
  });

  it.each([1_000, 50_000_000])('takes %d đồng', (amount) => {
    const opening = refunding.requestRefund(aRefund(refunding, { paid, amountVnd: vnd(amount) }));
    expect(fieldsOf(requestOf(opening).request)).toMatchObject({ amount });
  });

  it.each([1, 999, 50_000_001])('leaves %d đồng to a person', (amount) => {
    const opening = refunding.requestRefund(aRefund(refunding, { paid, amountVnd: vnd(amount) }));
    expect(opening).toEqual({ kind: 'unsupported', why: expect.stringContaining('1000 to 50000000') });
  });

  it('leaves a payment to a person whose number at MoMo is not known', () => {
    const opening = refunding.requestRefund(aRefund(refunding, { paid: { ...paid, transactionId: null } }));
    expect(opening.kind).toBe('unsupported');
  });

  it('is not hindered by other refunds of the same amount, which have other names', () => {
    const opening = refunding.requestRefund(aRefund(refunding, { paid, otherRefundsVnd: [vnd(28_000)] }));
    expect(opening.kind).toBe('request');
  });
});

describe('the question to MoMo about a refund', () => {
  it("names the refund's own order id under another request id, signed as a query", () => {
    const { request } = refunding.askRefund(aRefundQuestion(refunding));
    expect(request).toMatchObject({ method: 'POST', url: `${apiBaseUrl}/v2/gateway/api/refund/query` });
    expect(fieldsOf(request)).toMatchObject({
      orderId: 'r1000000000000301',
      requestId: 'q1000000000000301m9x0y1z2',
    });
    expect(verifyMessage('query', literalsOf(request), [momoSecret])).toBe(true);
  });
});
