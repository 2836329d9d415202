import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { AttemptInquiry, AttemptQuestion } from '#shared/gateways/gateway.ts';
import { signJson } from '#shared/gateways/vnpay/signer.ts';
import { anInstant } from '#test/support/attempt-orders.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { connectTestAccount, readTestAccount } from '#test/support/gateway-account.ts';
import { gateways } from '#test/support/registered-gateways.ts';

function ask(name: string, changes: Partial<AttemptQuestion> = {}): AttemptInquiry {
  const gateway = gateways.find((registered) => registered.name === name);
  const inquiry = gateway === undefined ? undefined : connectTestAccount(gateway).askAttempt?.(aQuestion(changes));
  if (inquiry === undefined) throw new Error(`${name} cannot be asked`);
  return inquiry;
}

const read = (name: string, body: string) => ask(name).readAnswer({ status: 200, headers: {}, body });
const askable = gateways.filter((gateway) => connectTestAccount(gateway).askAttempt !== undefined);

describe('the gateways that can be asked', () => {
  it('are nearly all', () => {
    expect(gateways.length - askable.length).toBeLessThanOrEqual(1);
  });

  describe.each(askable.map(({ name }) => name))('%s', (name) => {
    it('is asked by a complete request in plain ASCII that names the attempt', () => {
      const { request } = ask(name);
      expect(URL.canParse(request.url)).toBe(true);
      expect(`${request.url}${request.body}`).toMatch(/^[\x20-\x7e]+$/);
      expect(`${request.url}${request.body}`).toContain(aQuestion().gatewayRef);
      expect(request.body === '').toBe(request.method === 'GET');
    });

    it('never makes us throw, and takes what proves nothing for unknown', () => {
      const { readAnswer } = ask(name);
      const bodies = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.webQueryParameters(),
        fc.constantFrom('', '<html>', '{}', '[]', 'null', '{"__proto__":{"return_code":2}}'),
      );
      fc.assert(
        fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
          expect(readAnswer({ status, headers: {}, body }).kind).toBe('unknown');
        }),
        { numRuns: 500 },
      );
    });
  });

  it.each([
    ['vnpay', '{"vnp_ResponseCode":"91","vnp_TxnRef":"1000000000000301","vnp_TmnCode":"BIENLAI1"}'],
    ['vnpay', `{"vnp_ResponseCode":"91","vnp_TxnRef":"1000000000000301","vnp_SecureHash":"${'0'.repeat(128)}"}`],
    ['payos', '{"code":"00","data":{"orderCode":1000000000000301,"status":"CANCELLED"},"signature":"00"}'],
    ['momo', '{"partnerCode":"MOMOELSE","orderId":"1000000000000301","resultCode":42}'],
    ['momo', '{"orderId":"1000000000000401","resultCode":1006,"amount":28000,"transId":0,"responseTime":1}'],
    [
      'sepay-pg',
      '{"data":{"order_invoice_number":"1000000000000401","order_status":"CANCELLED","order_currency":"VND","order_amount":"28000.00"}}',
    ],
    ['sepay-pg', '{"data":{"order_invoice_number":"1000000000000301","order_status":"CANCELLED"}}'],
    ['dvcqg', '{"MaLoi":"00","MaDoiTac":"DTELSE","TrangThaiGD":"4","SoTien":"28000"}'],
    ['dvcqg', '{"MaLoi":"00","MaThamChieu":"1000000000000401","TrangThaiGD":"4","SoTien":"28000"}'],
  ])('do not make us believe a failure that %s did not send: %s', (name, body) => {
    expect(read(name, body).kind).toBe('unknown');
  });

  it('say by their own code that they know no such order', () => {
    expect(read('momo', '{"orderId":"1000000000000301","resultCode":42}').kind).toBe('not-found');
    expect(read('zalopay', '{"return_code":2,"sub_return_code":-101}').kind).toBe('not-found');
    const vnpay = gateways.find(({ name }) => name === 'vnpay');
    if (vnpay === undefined) throw new Error('no VNPAY');
    const { secret } = readTestAccount(vnpay);
    const values = { vnp_ResponseCode: '91', vnp_TxnRef: '1000000000000301', vnp_TmnCode: secret['tmnCode'] };
    const signature = signJson('queryAnswer', values, secret['hashSecret'] ?? '');
    expect(read('vnpay', JSON.stringify({ ...values, vnp_SecureHash: signature })).kind).toBe('not-found');
  });
});

describe('the question to VNPAY', () => {
  it('tells when the attempt was opened and when it is asked, on a Vietnamese wall, signed', () => {
    const { request } = ask('vnpay', { askedAt: instantAfter(anInstant, 5 * 60_000) });
    expect(JSON.parse(request.body)).toMatchObject({
      vnp_Command: 'querydr',
      vnp_RequestId: aQuestion().requestId,
      vnp_TransactionDate: '20261122091530',
      vnp_CreateDate: '20261122092030',
      vnp_IpAddr: '127.0.0.1',
      vnp_SecureHash: expect.stringMatching(/^[0-9a-f]{128}$/),
    });
  });
});

describe("the question to SePay's payment gateway", () => {
  it('names the order by our reference and shows the key that lets us ask', () => {
    const credentials = Buffer.from('SP-BIENLAI:test-only-sepay-pg-secret-key').toString('base64');
    expect(ask('sepay-pg').request).toMatchObject({
      method: 'GET',
      url: 'https://pgapi-sandbox.sepay.vn/v1/order/detail/1000000000000301',
      headers: { authorization: `Basic ${credentials}` },
    });
  });
});

describe('the question to payOS', () => {
  it('shows the key that lets us ask', () => {
    expect(ask('payos').request).toMatchObject({
      method: 'GET',
      url: 'https://api-merchant.payos.vn/v2/payment-requests/1000000000000301',
      headers: { 'x-client-id': 'test-only-payos-client', 'x-api-key': 'test-only-payos-api-key' },
    });
  });
});
