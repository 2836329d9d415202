import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { refundingOf } from '#shared/gateways/zalopay/refunds.ts';
import { zalopayAccountSchema } from '#shared/gateways/zalopay/settings.ts';
import { signedTextOf, signMessage } from '#shared/gateways/zalopay/signer.ts';
import { aRefund, aRefundQuestion, fieldsOf, literalsOf, requestOf } from '#test/support/refund-orders.ts';
import { zalopaySecret } from '#test/support/zalopay-messages.ts';

const apiBaseUrl = 'http://localhost:4400/bank/zalopay';
const account = zalopayAccountSchema.parse({
  merchant: 'ttpvhcc',
  settings: { apiBaseUrl },
  secrets: [zalopaySecret, { appId: '1', key1: 'older', key2: 'older' }],
});
const refunding = refundingOf(account);
const refundRef = '261123_2701_r1000000000000301';

describe("ZaloPay's refund request", () => {
  it('names the refund after the Vietnamese day of its first request, and is signed by the first key1', () => {
    const { request } = requestOf(refunding.requestRefund(aRefund(refunding)));
    expect(request).toMatchObject({ method: 'POST', url: `${apiBaseUrl}/v2/refund` });
    const { mac, ...fields } = fieldsOf(request);
    const timestamp = Date.parse('2026-11-23T02:15:30.000Z');
    expect(fields).toEqual({
      app_id: 2701,
      m_refund_id: refundRef,
      zp_trans_id: '4088878653',
      amount: 28_000,
      timestamp,
      description: 'Hoan phi ho so H49.14-261122-0001',
    });
    expect(mac).toBe(signMessage('refund', literalsOf(request), zalopaySecret.key1));
    expect(signedTextOf('refund', literalsOf(request), zalopaySecret.key1)).toBe(
      `2701|4088878653|28000|Hoan phi ho so H49.14-261122-0001|${timestamp}`,
    );
  });

  it("goes by Vietnam's day, not by UTC's", () => {
    const beforeMidnight = instantSchema.parse('2026-11-23T16:59:59.999Z');
    const midnight = instantSchema.parse('2026-11-23T17:00:00.000Z');
    expect(refunding.refundRefOf('r1', beforeMidnight)).toBe('261123_2701_r1');
    expect(refunding.refundRefOf('r1', midnight)).toBe('261124_2701_r1');
  });

  it('cuts the description to the 100 characters that ZaloPay takes', () => {
    const { request } = requestOf(refunding.requestRefund(aRefund(refunding, { description: 'x'.repeat(255) })));
    expect(fieldsOf(request)).toMatchObject({ description: 'x'.repeat(100) });
  });

  it('leaves a payment to a person whose number at ZaloPay is not known', () => {
    const { paid } = aRefund(refunding);
    const opening = refunding.requestRefund(aRefund(refunding, { paid: { ...paid, transactionId: null } }));
    expect(opening.kind).toBe('unsupported');
  });
});

describe('the question to ZaloPay about a refund', () => {
  it('names the refund and the moment of asking, signed by the first key1', () => {
    const { request } = refunding.askRefund(aRefundQuestion(refunding));
    expect(request).toMatchObject({ method: 'POST', url: `${apiBaseUrl}/v2/query_refund` });
    const { mac, ...fields } = fieldsOf(request);
    expect(fields).toEqual({
      app_id: 2701,
      m_refund_id: refundRef,
      timestamp: Date.parse('2026-11-23T02:20:30.000Z'),
    });
    expect(mac).toBe(signMessage('queryRefund', literalsOf(request), zalopaySecret.key1));
  });
});
