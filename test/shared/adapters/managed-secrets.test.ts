import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { listen } from '#infra/local/listen.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { makeOriginSecret } from '#shared/adapters/origin-secret.ts';
import { makeSecretStore } from '#shared/adapters/secret-store.ts';

// No local engine speaks for Secrets Manager: a server of the protocol's one answer stands in for it.
const secrets = new Map([
  ['bienlai/test/origin', 'sixteen-characters-and-more'],
  ['bienlai/test/merchants/vnpay/ttpvhcc', '{"tmnCode":"BIENLAI1","hashSecret":"of-the-test"}'],
  ['bienlai/test/merchants/vnpay/vpdkdd', 'of-the-test-without-quotes'],
]);
let connections = 0;
const server = createServer((request, response) => {
  void json(request).then((body) => {
    const secret = secrets.get(z.object({ SecretId: z.string() }).parse(body).SecretId);
    response.writeHead(secret === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(secret === undefined ? { __type: 'ResourceNotFoundException' } : { SecretString: secret }),
    );
  });
}).on('connection', () => {
  connections += 1;
});

let stop: () => Promise<void>;
beforeAll(async () => {
  const port = await findFreePort();
  stop = await listen(server, port);
  Object.assign(process.env, {
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
  });
});
afterAll(() => stop());

const store = () => makeSecretStore({ SECRETS_PREFIX: 'bienlai/test/merchants' });

describe('secrets in Secrets Manager', () => {
  it('are read over one connection: the edge’s own and those of merchants', async () => {
    const originSecret = makeOriginSecret({ ORIGIN_SECRET_ID: 'bienlai/test/origin' });

    expect(await originSecret()).toBe('sixteen-characters-and-more');
    expect(await store().readMerchantSecrets('vnpay', 'ttpvhcc')).toEqual([
      { tmnCode: 'BIENLAI1', hashSecret: 'of-the-test' },
    ]);
    expect(connections).toBe(1);
  });

  it('are none where nobody has put one', async () => {
    expect(await store().readMerchantSecrets('momo', 'ttpvhcc')).toBeUndefined();
  });

  it('are named, and never shown, when they are not JSON', async () => {
    const fault: unknown = await store()
      .readMerchantSecrets('vnpay', 'vpdkdd')
      .catch((error: unknown) => error);

    expect(String(fault)).toContain('bienlai/test/merchants/vnpay/vpdkdd');
    expect(String(fault)).not.toContain('of-the-test');
  });

  it('are asked for again when the edge’s could not be read', async () => {
    const originSecret = makeOriginSecret({ ORIGIN_SECRET_ID: 'bienlai/test/later' });
    await expect(originSecret()).rejects.toThrow();

    secrets.set('bienlai/test/later', 'generated-after-all-now');

    expect(await originSecret()).toBe('generated-after-all-now');
  });
});
