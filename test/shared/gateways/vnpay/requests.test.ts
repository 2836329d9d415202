import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { readForm } from '#shared/gateways/form-fields.ts';
import type { AttemptOrder } from '#shared/gateways/gateway.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { verifyForm } from '#shared/gateways/vnpay/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { vnpaySecret } from '#test/support/vnpay-messages.ts';

const { settings } = readTestAccount(vnpay);

function openAttempt(changes: Partial<AttemptOrder> = {}, extraSettings: Record<string, unknown> = {}) {
  const account = { merchant: 'ttpvhcc', settings: { ...settings, ...extraSettings }, secrets: [vnpaySecret] };
  const opening = vnpay.connect(account).openAttempt(anOrder(changes));
  if (opening.kind !== 'redirect') throw new Error('VNPAY opens attempts by an address');
  const [page = '', query = ''] = opening.url.split('?');
  const form = readForm(query);
  if (!form.ok) throw new Error(form.why);
  return { page, fields: form.fields, values: Object.fromEntries(form.fields.map(({ name, value }) => [name, value])) };
}

describe("VNPAY's payment address", () => {
  it('carries the order, signed by the first secret', () => {
    const { page, fields, values } = openAttempt();
    expect(page).toBe(settings['payUrl']);
    expect(values).toMatchObject({
      vnp_Version: '2.1.0',
      vnp_Command: 'pay',
      vnp_TmnCode: 'DVCHCM01',
      vnp_Amount: '2800000',
      vnp_CurrCode: 'VND',
      vnp_TxnRef: '1000000000000301',
      vnp_OrderInfo: 'Nop phi ho so H49.14-261122-0001',
      vnp_OrderType: 'other',
      vnp_ReturnUrl: 'https://bienlai.example.vn/return/vnpay/ttpvhcc',
      vnp_IpAddr: '203.0.113.7',
      vnp_Locale: 'vn',
      vnp_CreateDate: '20261122091530',
      vnp_ExpireDate: '20261122093030',
    });
    expect(verifyForm(fields, [vnpaySecret.hashSecret])).toBe(true);
    expect(fields.at(-1)?.name).toBe('vnp_SecureHash');
  });

  it('expires with the payment when that comes first', () => {
    const expiresAt = instantSchema.parse('2026-11-22T02:20:00.000Z');
    expect(openAttempt({ expiresAt }).values).toMatchObject({ vnp_ExpireDate: '20261122092000' });
  });

  it('takes the window and the order type from the settings', () => {
    expect(openAttempt({}, { expireMinutes: 60, orderType: '250000' }).values).toMatchObject({
      vnp_ExpireDate: '20261122101530',
      vnp_OrderType: '250000',
    });
  });

  it('speaks English when asked', () => {
    expect(openAttempt({ locale: 'en' }).values).toMatchObject({ vnp_Locale: 'en' });
  });

  it('sends a description without marks and special characters', () => {
    const description = `Nộp phí & lệ phí "đất" <b> #1 = 50% ✅ ${'x'.repeat(400)}`;
    const orderInfo = openAttempt({ description }).values['vnp_OrderInfo'];
    expect(orderInfo).toMatch(/^Nop phi le phi dat b 1 50 x+$/);
    expect(orderInfo).toHaveLength(255);
  });
});

describe("VNPAY's wire builders", () => {
  const refund = {
    vnp_RequestId: 'rf1',
    vnp_TransactionType: '03',
    vnp_TxnRef: '1000000000000301',
    vnp_Amount: 1_000_000,
    vnp_TransactionDate: '20261122091530',
    vnp_CreateBy: 'ke-toan-1',
    vnp_CreateDate: '20261123091530',
    vnp_IpAddr: '203.0.113.7',
    vnp_OrderInfo: 'Hoan phi',
  };

  it('sign 0 for the transaction number that a refund does not name, and do not invent one in the body', () => {
    const request = vnpay.wire['refund']?.(refund, vnpaySecret);
    expect(request?.signedText).toContain('|1000000|0|20261122091530|');
    expect(request?.body).not.toHaveProperty('vnp_TransactionNo');
  });

  it('refuse fields that VNPAY would refuse', () => {
    expect(() => vnpay.wire['refund']?.({ ...refund, vnp_TransactionType: '01' }, vnpaySecret)).toThrow();
    expect(() => vnpay.wire['query']?.({ ...refund, vnp_RequestId: 'x'.repeat(33) }, vnpaySecret)).toThrow();
    expect(() => vnpay.wire['create']?.({ amountVnd: 10_000_000_000 }, vnpaySecret)).toThrow();
  });
});
