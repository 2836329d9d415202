import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import type { AttemptOrder } from '#shared/gateways/gateway.ts';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { buildQuery } from '#shared/gateways/payos/requests.ts';
import { signMessage, signValues } from '#shared/gateways/payos/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { payosSecret } from '#test/support/payos-messages.ts';

const bodySchema = z.record(z.string(), z.union([z.string(), z.number()]));

function openAttempt(changes: Partial<AttemptOrder> = {}, settings: Record<string, unknown> = {}) {
  const account = {
    merchant: 'ttpvhcc',
    settings: { apiBaseUrl: 'http://localhost:4400/bank/payos/', ...settings },
    secrets: [payosSecret, { clientId: 'older', apiKey: 'older', checksumKey: 'older' }],
  };
  const opening = payos.connect(account).openAttempt(anOrder(changes));
  if (opening.kind !== 'request') throw new Error('payOS opens attempts by a request');
  return { ...opening, body: bodySchema.parse(JSON.parse(opening.request.body)) };
}

describe("payOS's create request", () => {
  it('carries the order, signed and sent with the first secret', () => {
    const { request, body } = openAttempt();
    expect(request).toMatchObject({
      method: 'POST',
      url: 'http://localhost:4400/bank/payos/v2/payment-requests',
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'x-client-id': payosSecret.clientId,
        'x-api-key': payosSecret.apiKey,
      },
    });
    const page = 'https://bienlai.example.vn/return/vnpay/ttpvhcc';
    expect(body).toEqual({
      orderCode: 1_000_000_000_000_301,
      amount: 28_000,
      description: '000000301',
      cancelUrl: page,
      returnUrl: page,
      expiredAt: 1_795_600_800,
      signature: signValues(
        {
          amount: '28000',
          cancelUrl: page,
          description: '000000301',
          orderCode: '1000000000000301',
          returnUrl: page,
        },
        payosSecret,
      ),
    });
    expect(JSON.stringify(body)).not.toContain(payosSecret.checksumKey);
  });

  it('names the whole reference in the transfer where the account allows it', () => {
    expect(openAttempt({}, { descriptionLength: 25 }).body['description']).toBe('1000000000000301');
  });

  it('keeps the largest reference exact', () => {
    const gatewayRef = '9007199254740899';
    expect(openAttempt({ gatewayRef }).request.body).toContain(`"orderCode":${gatewayRef}`);
  });
});

describe("payOS's wire builders", () => {
  const create = { orderCode: 1, amount: 28_000, description: 'x', cancelUrl: 'https://a', returnUrl: 'https://b' };
  const build = (changes: Readonly<Record<string, unknown>>) =>
    payos.wire['create']?.({ ...create, ...changes }, { checksumKey: 'k' });

  it('sign five fields and send the others as they are', () => {
    expect(build({ expiredAt: 5 })).toMatchObject({
      signedText: 'amount=28000&cancelUrl=https://a&description=x&orderCode=1&returnUrl=https://b',
      body: { expiredAt: 5 },
    });
  });

  it.each([{ orderCode: 2 ** 53 }, { orderCode: '1' }, { amount: 0.5 }, { description: 'x'.repeat(26) }])(
    'refuse what payOS would refuse: %j',
    (change) => {
      expect(() => build(change)).toThrow(z.core.$ZodError);
    },
  );

  it('ask about an order by its code', () => {
    expect(buildQuery('1000000000000301', payosSecret, 'https://api-merchant.payos.vn')).toEqual({
      method: 'GET',
      url: 'https://api-merchant.payos.vn/v2/payment-requests/1000000000000301',
      headers: { 'x-client-id': payosSecret.clientId, 'x-api-key': payosSecret.apiKey },
      body: '',
    });
    expect(buildQuery('../x?', payosSecret, 'https://a').url).toBe('https://a/v2/payment-requests/..%2Fx%3F');
  });
});

describe("payOS's answer to create", () => {
  const checkoutUrl = 'https://pay.payos.vn/web/a1b2c3d4';
  const answer = (changes: Readonly<Record<string, unknown>> = {}, secret = payosSecret) => ({
    status: 200,
    headers: {},
    body: signMessage(
      { orderCode: 1_000_000_000_000_301, amount: 28_000, status: 'PENDING', checkoutUrl, ...changes },
      secret,
    ),
  });
  const refusal = (code: unknown, status = 200) => ({
    status,
    headers: {},
    body: JSON.stringify({ code, desc: 'x', data: null, signature: null }),
  });
  const { readAnswer } = openAttempt();

  it('gives the address of the payment page', () => {
    expect(readAnswer(answer())).toEqual({ kind: 'redirect', url: checkoutUrl });
  });

  it.each(['20', '201', '214', '401', '429'])('with code %s is a refusal', (code) => {
    expect(readAnswer(refusal(code, 400))).toMatchObject({ kind: 'refused', resultCode: code });
  });

  it.each(['231', '101', '5555', 20.5, '', null])('with code %j is unknown, since the order may exist', (code) => {
    expect(readAnswer(refusal(code))).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['another order', answer({ orderCode: 1_000_000_000_000_302 })],
    ['another amount', answer({ amount: 28_001 })],
    ['no address', answer({ checkoutUrl: null })],
    ['an address that is none', answer({ checkoutUrl: 'javascript:alert(1)' })],
    ['a foreign signature', answer({}, { ...payosSecret, checksumKey: 'other' })],
    ['a changed address', { ...answer(), body: answer().body.replace('a1b2c3d4', 'evil') }],
    ['no signature', { ...answer(), body: answer().body.replace(/,"signature":"\w+"/, '') }],
    ['nothing but success', refusal('00')],
    ['an error page', { status: 502, headers: {}, body: '<html>' }],
  ])('is unknown when it holds %s', (_what, faulty) => {
    expect(readAnswer(faulty)).toMatchObject({ kind: 'unknown' });
  });
});
