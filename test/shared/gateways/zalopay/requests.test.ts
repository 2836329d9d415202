import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { instantSchema } from '#schemas/ids.ts';
import type { AttemptOrder } from '#shared/gateways/gateway.ts';
import { zalopay } from '#shared/gateways/zalopay/gateway.ts';
import { signMessage } from '#shared/gateways/zalopay/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { zalopaySecret } from '#test/support/zalopay-messages.ts';

const bodySchema = z.record(z.string(), z.union([z.string(), z.number()]));
const gatewayRef = '261122_1000000000000301';

function openAttempt(changes: Partial<AttemptOrder> = {}, settings: Record<string, unknown> = {}) {
  const account = {
    merchant: 'ttpvhcc',
    settings: { apiBaseUrl: 'http://localhost:4400/bank/zalopay/', ...settings },
    secrets: [zalopaySecret, { appId: '1', key1: 'older', key2: 'older' }],
  };
  const opening = zalopay.connect(account).openAttempt(anOrder({ gatewayRef, ...changes }));
  if (opening.kind !== 'request') throw new Error('ZaloPay opens attempts by a request');
  return { ...opening, body: bodySchema.parse(JSON.parse(opening.request.body)) };
}

describe("ZaloPay's create request", () => {
  it('carries the order, signed by the first key1', () => {
    const { request, body } = openAttempt();
    expect(request).toMatchObject({
      method: 'POST',
      url: 'http://localhost:4400/bank/zalopay/v2/create',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
    });
    const { mac, ...values } = body;
    expect(values).toEqual({
      app_id: 2701,
      app_trans_id: gatewayRef,
      app_user: 'nguoi-nop',
      app_time: Date.parse('2026-11-22T02:15:30.000Z'),
      amount: 28_000,
      embed_data: '{"redirecturl":"https://bienlai.example.vn/return/vnpay/ttpvhcc"}',
      item: '[]',
      description: 'Nop phi ho so H49.14-261122-0001',
      callback_url: 'https://bienlai.example.vn/callbacks/vnpay/ttpvhcc',
      expire_duration_seconds: 287_070,
    });
    expect(mac).toBe(signMessage('create', values, zalopaySecret.key1));
  });

  it('takes user and bank from the settings', () => {
    const { body } = openAttempt({}, { appUser: 'Quang Ninh', bankCode: 'zalopayapp' });
    expect(body).toMatchObject({ app_user: 'Quang Ninh', bank_code: 'zalopayapp' });
    expect(body['mac']).toBe(signMessage('create', body, zalopaySecret.key1));
  });

  it.each([
    ['2026-11-22T02:30:30.999Z', 900],
    ['2026-11-22T02:16:00.000Z', 300],
    ['2027-11-22T02:15:30.000Z', 2_592_000],
  ])('expires at %s within what ZaloPay allows: %d seconds', (expiresAt, seconds) => {
    const { body } = openAttempt({ expiresAt: instantSchema.parse(expiresAt) });
    expect(body['expire_duration_seconds']).toBe(seconds);
  });

  it('sends a description in ASCII', () => {
    expect(openAttempt({ description: 'Nộp phí ✅' }).body['description']).toBe('Nop phi');
  });
});

describe("ZaloPay's wire builders", () => {
  const refund = {
    m_refund_id: '261122_2701_R1',
    zp_trans_id: '12345678901234567891',
    amount: 28_000,
    description: 'Hoan phi',
    timestamp: 1_795_313_731_000,
  };
  const build = (operation: string, fields: Readonly<Record<string, unknown>>) => {
    const builder = zalopay.wire[operation];
    if (builder === undefined) throw new Error(`ZaloPay has no builder for ${operation}`);
    return builder(fields, zalopaySecret);
  };

  it('never show the key that a query signs', () => {
    const query = build('query', { app_trans_id: gatewayRef });
    expect(query.signedText).toBe(`2701|${gatewayRef}|<key1>`);
    expect(query.signature).toBe(signMessage('query', { app_id: 2701, app_trans_id: gatewayRef }, zalopaySecret.key1));
    expect(JSON.stringify(query)).not.toContain(zalopaySecret.key1);
  });

  it('keep every digit of a transaction number', () => {
    expect(build('refund', refund).signedText).toBe('2701|12345678901234567891|28000|Hoan phi|1795313731000');
  });

  it('sign the fee of a refund when there is one', () => {
    expect(build('refund', { ...refund, refund_fee_amount: 500 })).toMatchObject({
      signedText: '2701|12345678901234567891|28000|500|Hoan phi|1795313731000',
      body: { refund_fee_amount: 500 },
    });
  });

  it('speak to an address of their own each', () => {
    expect(build('refund', refund).url).toMatch(/\/v2\/refund$/);
    expect(build('query', { app_trans_id: gatewayRef }).url).toMatch(/\/v2\/query$/);
    expect(build('query-refund', refund).url).toMatch(/\/v2\/query_refund$/);
  });

  it.each([
    { amount: 0 },
    { amount: 1.5 },
    { zp_trans_id: 'abc' },
    { m_refund_id: 'R1' },
    { m_refund_id: `261122_2701_${'x'.repeat(40)}` },
    { description: 'x'.repeat(101) },
    { timestamp: undefined },
  ])('refuse what ZaloPay would refuse: %j', (change) => {
    expect(() => build('refund', { ...refund, ...change })).toThrow(z.core.$ZodError);
  });

  it('refuse an order id without its day', () => {
    expect(() => build('query', { app_trans_id: 'HS-1' })).toThrow('must begin with yymmdd');
  });
});
