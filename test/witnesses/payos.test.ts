import { describe, expect, it } from '@jest/globals';
import { PayOS } from '@payos/node';
import fc from 'fast-check';
import * as z from 'zod';
import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { payosSecretSchema } from '#shared/gateways/payos/settings.ts';
import { signMessage } from '#shared/gateways/payos/signer.ts';
import { anInstant, anOrder } from '#test/support/attempt-orders.ts';
import { callbackByBody } from '#test/support/callback-requests.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { payosLink, payosTransfer } from '#test/support/payos-messages.ts';
import { randomText, witnessSecrets } from '#test/support/witness-secrets.ts';

const { settings, secret: testSecret } = readTestAccount(payos);
const secrets = await witnessSecrets(
  'payos',
  // The vectors name the key that signs; the two that open the API are the test account's.
  z.looseObject({}).transform((signing) => payosSecretSchema.parse({ ...testSecret, ...signing })),
  { clientId: randomText(), apiKey: randomText(), checksumKey: randomText() },
);

type Values = Readonly<Record<string, unknown>>;

/** The form in which the package takes a callback: parsed JSON. */
const webhookSchema = z.object({
  code: z.string(),
  desc: z.string(),
  success: z.boolean(),
  data: z.custom<Awaited<ReturnType<PayOS['webhooks']['verify']>>>(),
  signature: z.string(),
});

const aPlainText = fc
  .string({ unit: 'binary', maxLength: 60 })
  // What would be another value's name inside a text is refused by us, whoever signed it.
  .filter((text) => !/&\w+=/.test(text));
const someValues = fc.record({
  description: aPlainText,
  amount: fc.integer({ min: 1, max: 999_999_999_999 }),
  counterAccountName: fc.option(aPlainText),
  counterAccountBankName: fc.constantFrom('', 'null', 'undefined', 'Ngân hàng Ngoại thương'),
  virtualAccountName: fc.constantFrom(null, ''),
});

describe.each(secrets)('the package "@payos/node" and our adapter, with $title', ({ secret }) => {
  const connection = payos.connect({ merchant: 'ttpvhcc', settings, secrets: [secret] });
  /** The package, speaking to a payOS that gives this answer; `sent` is what it asked. */
  const witnessHearing = (answer: string) => {
    const sent: { url: string; body: unknown }[] = [];
    const client = new PayOS({
      ...secret,
      maxRetries: 0,
      logLevel: 'off',
      fetch: async (url, init) => {
        const { body } = init ?? {};
        sent.push({ url: new Request(url).url, body: typeof body === 'string' ? JSON.parse(body) : undefined });
        return new Response(answer, { headers: { 'content-type': 'application/json' } });
      },
    });
    return { client, sent };
  };
  const { client: witness } = witnessHearing('');
  const witnessAccepts = async (body: string) => {
    const verifying = witness.webhooks.verify(webhookSchema.parse(JSON.parse(body)));
    return verifying.then(
      () => true,
      () => false,
    );
  };
  /** A message around what the package signs, as ours is written. */
  const signedByWitness = async (data: Values) => {
    const signature = await witness.crypto.createSignatureFromObj({ ...data }, secret.checksumKey);
    return JSON.stringify({ code: '00', desc: 'success', success: true, data, signature });
  };
  const readingOf = (body: string) => connection.readCallback(callbackByBody(body), anInstant);

  it('believe each other’s callbacks, whatever they say', async () => {
    await fc.assert(
      fc.asyncProperty(someValues, async (values) => {
        const data = payosTransfer(values);

        expect(await witnessAccepts(signMessage(data, secret))).toBe(true);
        expect(readingOf(await signedByWitness(data))).toMatchObject({
          kind: 'notice',
          notice: { orderRef: '1000000000000301', amountVnd: values.amount, result: 'paid' },
        });
      }),
      { numRuns: 300 },
    );
  });

  it('both refuse a callback in which a value was changed, left out or added', async () => {
    const data: Values = payosTransfer();
    const genuine = signMessage(data, secret);
    const replaced = (changed: Values) => JSON.stringify({ ...JSON.parse(genuine), data: changed });
    const altered = Object.entries(data).flatMap(([name, value]) => {
      const { [name]: _left, ...others } = data;
      return [replaced({ ...data, [name]: [value, 1].join('') }), replaced(others)];
    });
    for (const body of [...altered, replaced({ ...data, another: '1' })]) {
      expect({ body, isVerified: await witnessAccepts(body) }).toEqual({ body, isVerified: false });
      expect({ body, reading: readingOf(body).kind }).toEqual({ body, reading: 'bad-signature' });
    }
  });

  it('both refuse the callback of another key', async () => {
    const forged = signMessage(payosTransfer(), { checksumKey: `${secret.checksumKey}0` });
    expect([await witnessAccepts(forged), readingOf(forged).kind]).toEqual([false, 'bad-signature']);
  });

  it('ask for the same payment link with the same signature, and believe the same answer', async () => {
    const order = anOrder();
    const opening = connection.openAttempt(order);
    if (opening.kind !== 'request') throw new Error('payOS opens attempts by a request');
    const request = z.record(z.string(), z.unknown()).parse(JSON.parse(opening.request.body));
    const { signature: _ours, ...fields } = request;
    const link = payosLink({ orderCode: Number(order.gatewayRef), checkoutUrl: 'https://pay.payos.vn/web/a1b2' });
    const answer = signMessage({ ...link, transactions: [] }, secret);

    const { client, sent } = witnessHearing(answer);
    const created = await client.paymentRequests.create(createSchema.parse(fields));

    expect(sent).toEqual([{ url: opening.request.url, body: request }]);
    expect(created.checkoutUrl).toBe('https://pay.payos.vn/web/a1b2');
    expect(opening.readAnswer(answerOf(answer))).toEqual({ kind: 'redirect', url: created.checkoutUrl });
  });

  it('believe the same answer to a question, in which transfers are a list', async () => {
    const orderRef = '1000000000000301';
    const inquiry = connection.askAttempt?.({
      gatewayRef: orderRef,
      amountVnd: anOrder().amountVnd,
      openedAt: anInstant,
      requestId: 'rq-1',
      askedAt: anInstant,
    });
    const genuine = signMessage(payosLink(), secret);
    expect(genuine).toBe(await signedByWitness(payosLink()));

    const { client, sent } = witnessHearing(genuine);
    expect((await client.paymentRequests.get(orderRef)).transactions).toHaveLength(1);
    expect(sent.map(({ url }) => url)).toEqual([inquiry?.request.url]);
    expect(inquiry?.readAnswer(answerOf(genuine)).kind).toBe('notice');

    for (const altered of [genuine.replaceAll('28000', '28001'), genuine.replace('FT26326123456', 'FT26326123457')]) {
      expect(altered).not.toBe(genuine);
      await expect(witnessHearing(altered).client.paymentRequests.get(orderRef)).rejects.toThrow('integrity');
      expect(inquiry?.readAnswer(answerOf(altered)).kind).toBe('unknown');
    }
  });
});

const createSchema = z.looseObject({
  orderCode: z.number(),
  amount: z.number(),
  description: z.string(),
  cancelUrl: z.string(),
  returnUrl: z.string(),
});

function answerOf(body: string): HttpAnswer {
  return { status: 200, headers: {}, body };
}
