import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SePayPgClient } from 'sepay-pg-node';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { sepayPgSecretSchema } from '#shared/gateways/sepay-pg/settings.ts';
import { aQuestion } from '#test/support/attempt-questions.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import { answerWith, type GatewayHost, startGatewayHost } from '#test/support/gateway-host.ts';

interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly authorization: string | undefined;
}

describe('the package "sepay-pg-node" and our adapter', () => {
  let host: GatewayHost;
  const seen: Seen[] = [];
  beforeAll(async () => {
    host = await startGatewayHost();
    const answer = answerWith(200, '{}', { 'content-type': 'application/json' });
    host.behave((request, response) => {
      const { method, url: path, headers } = request;
      seen.push({ method, path, authorization: headers.authorization });
      answer(request, response);
    });
  });
  afterAll(() => host.stop());

  it('ask about an order by the same address, with the same credentials', async () => {
    const { settings, secret } = readTestAccount(sepayPg);
    const { secretKey } = sepayPgSecretSchema.parse(secret);
    const apiBaseUrl = `http://${host.host}`;
    const connection = sepayPg.connect({
      merchant: 'ttpvhcc',
      settings: { ...settings, apiBaseUrl },
      secrets: [secret],
    });
    const { url, headers } = connection.askAttempt?.(aQuestion()).request ?? { url: '', headers: {} };
    const client = new SePayPgClient({
      env: 'sandbox',
      merchant_id: String(settings['merchantId']),
      secret_key: secretKey,
    });
    SePayPgClient.baseApiUrl = `${apiBaseUrl}/v1`;

    await client.order.retrieve(aQuestion().gatewayRef);
    await fetch(url, { headers });

    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
  });
});
