import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { AttemptOrder } from '#shared/gateways/gateway.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { signMessage, verifyMessage } from '#shared/gateways/momo/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { momoSecret } from '#test/support/momo-messages.ts';

const bodySchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

function openAttempt(changes: Partial<AttemptOrder> = {}, settings: Record<string, unknown> = {}) {
  const account = {
    merchant: 'ttpvhcc',
    settings: { apiBaseUrl: 'http://localhost:4400/bank/momo/', ...settings },
    secrets: [momoSecret],
  };
  const opening = momo.connect(account).openAttempt(anOrder(changes));
  if (opening.kind !== 'request') throw new Error('MoMo opens attempts by a request');
  return { ...opening, body: bodySchema.parse(JSON.parse(opening.request.body)) };
}

describe("MoMo's create request", () => {
  it('carries the order, signed by the first secret', () => {
    const { request, body } = openAttempt();
    expect(request).toMatchObject({
      method: 'POST',
      url: 'http://localhost:4400/bank/momo/v2/gateway/api/create',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
    });
    expect(body).toMatchObject({
      partnerCode: 'MOMODVC20260101',
      requestId: 'rq-10000000000003-01',
      amount: 28_000,
      orderId: '1000000000000301',
      orderInfo: 'Nop phi ho so H49.14-261122-0001',
      redirectUrl: 'https://bienlai.example.vn/return/vnpay/ttpvhcc',
      ipnUrl: 'https://bienlai.example.vn/callbacks/vnpay/ttpvhcc',
      requestType: 'captureWallet',
      extraData: '',
      lang: 'vi',
      autoCapture: true,
    });
    expect(verifyMessage('create', body, [momoSecret])).toBe(true);
    expect(body).not.toHaveProperty('accessKey');
    expect(body).not.toHaveProperty('partnerName');
  });

  it('takes the kind of request and our name from the settings, which are not signed', () => {
    const { body } = openAttempt({ locale: 'en' }, { requestType: 'payWithMethod', partnerName: 'Quang Ninh' });
    expect(body).toMatchObject({ requestType: 'payWithMethod', partnerName: 'Quang Ninh', lang: 'en' });
    expect(verifyMessage('create', body, [momoSecret])).toBe(true);
  });

  it('sends a description in ASCII', () => {
    expect(openAttempt({ description: 'Nộp phí ✅' }).body['orderInfo']).toBe('Nop phi');
  });
});

describe("MoMo's answer to create", () => {
  const values = {
    partnerCode: momoSecret.partnerCode,
    orderId: '1000000000000301',
    requestId: 'rq-10000000000003-01',
    amount: 28_000,
    responseTime: 1_795_313_731_000,
    message: 'Thành công.',
    resultCode: 0,
    payUrl: 'https://test-payment.momo.vn/v2/gateway/pay?t=abc',
  };
  const answer = (changes: Readonly<Record<string, unknown>> = {}, status = 200) => ({
    status,
    headers: {},
    body: JSON.stringify({ ...values, ...changes }),
  });
  const { readAnswer } = openAttempt();

  it('gives the address of the payment page', () => {
    expect(readAnswer(answer())).toEqual({ kind: 'redirect', url: values.payUrl });
  });

  it.each(['createAnswer', 'createAnswerWithMessage'] as const)('may be signed as %s', (message) => {
    const signature = signMessage(message, values, momoSecret);
    expect(readAnswer(answer({ signature }))).toEqual({ kind: 'redirect', url: values.payUrl });
  });

  it('raises an alert, but no refusal, when its signature does not fit', () => {
    expect(readAnswer(answer({ signature: '00' }))).toEqual({
      kind: 'redirect',
      url: values.payUrl,
      alert: "the signature of MoMo's answer to create does not fit",
    });
  });

  it.each([20, 21, 22, 11, 13, 1005])('with code %d is a refusal', (resultCode) => {
    expect(readAnswer(answer({ resultCode, payUrl: undefined }, 400))).toMatchObject({
      kind: 'refused',
      resultCode: String(resultCode),
    });
  });

  it.each([40, 41, 43, 98, 99, 7000, 7002, 9000, 5555])(
    'with code %d is unknown, since the order may exist',
    (resultCode) => {
      expect(readAnswer(answer({ resultCode }))).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each([
    ['another order', answer({ orderId: '1000000000000302' })],
    ['another amount', answer({ amount: 28_001 })],
    ['another partner', answer({ partnerCode: 'MOMOSOMEONEELSE' })],
    ['no address', answer({ payUrl: '' })],
    ['an address that is none', answer({ payUrl: 'javascript:alert(1)' })],
    ['no result code', answer({ resultCode: null })],
    ['an error page', { status: 502, headers: {}, body: '<html>' }],
    ['nothing', { status: 200, headers: {}, body: '' }],
    ['a repeated key', { status: 200, headers: {}, body: answer().body.replace('{', '{"payUrl":"https://x",') }],
  ])('is unknown when it holds %s', (_what, faulty) => {
    expect(readAnswer(faulty)).toMatchObject({ kind: 'unknown' });
  });
});

describe("MoMo's wire builders", () => {
  const refund = {
    amount: 28_000,
    description: 'Hoan phi',
    orderId: 'RF-1',
    requestId: 'rq',
    transId: '12345678901234567891',
  };

  it('keep every digit of a transaction number', () => {
    expect(momo.wire['refund']?.(refund, momoSecret).signedText).toContain('&transId=12345678901234567891');
  });

  it.each([
    { amount: 999 },
    { amount: 50_000_001 },
    { orderId: '-RF' },
    { orderId: 'RF/1' },
    { requestId: 'x'.repeat(51) },
  ])('refuse what MoMo would refuse: %j', (change) => {
    expect(() => momo.wire['refund']?.({ ...refund, ...change }, momoSecret)).toThrow();
  });

  it('judge a long order id at once', () => {
    const orderId = `${'-_.a'.repeat(25_000)}-`;
    expect(() => momo.wire['query']?.({ orderId, requestId: 'rq' }, momoSecret)).toThrow();
  });
});
