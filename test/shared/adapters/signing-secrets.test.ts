import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { listen } from '#infra/local/listen.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { makeSigningSecrets } from '#shared/adapters/signing-secrets.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';

const folder = mkdtempSync(join(tmpdir(), 'bien-lai-secrets-'));
const file = join(folder, 'secrets.json');
const fromFile = (name: string) => makeSigningSecrets({ SIGNING_SECRETS_FILE: file }).readSigningSecret(name);
afterAll(() => rmSync(folder, { recursive: true }));

describe('signing secrets in a file', () => {
  it('are read by their name, anew each time', async () => {
    writeFileSync(file, '{"one":{"password":"a"}}');
    expect(await fromFile('one')).toEqual({ password: 'a' });
    writeFileSync(file, '{"one":{"password":"b"}}');
    expect(await fromFile('one')).toEqual({ password: 'b' });
  });

  it.each(['two', '__proto__', 'toString'])('are none under the name %s', async (name) => {
    writeFileSync(file, '{"one":{}}');
    expect(await fromFile(name)).toBeUndefined();
  });

  it.each(['BEGIN PRIVATE KEY', '[1]', 'null'])(
    'are named, and never shown, when the file holds %s',
    async (content) => {
      writeFileSync(file, content);
      const failure: unknown = await fromFile('one').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ConfigurationError);
      expect(String(failure)).toContain(file);
      expect(String(failure)).not.toContain('PRIVATE');
    },
  );

  it('must lie somewhere', () => {
    expect(() => makeSigningSecrets({})).toThrow(/Neither SIGNING_SECRETS_PREFIX nor SIGNING_SECRETS_FILE is set/);
  });
});

describe('signing secrets in Secrets Manager', () => {
  // No local engine speaks for Secrets Manager: a server of the protocol's one answer stands in for it.
  const stored = new Map([
    ['bienlai/test/signing/remote-one', '{"bearerToken":"of-the-test"}'],
    ['bienlai/test/signing/remote-two', 'of-the-test-without-quotes'],
  ]);
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const secret = stored.get(z.object({ SecretId: z.string() }).parse(body).SecretId);
      response.writeHead(secret === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(
        JSON.stringify(secret === undefined ? { __type: 'ResourceNotFoundException' } : { SecretString: secret }),
      );
    });
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
  const read = (name: string) =>
    makeSigningSecrets({ SIGNING_SECRETS_PREFIX: 'bienlai/test/signing' }).readSigningSecret(name);

  it('are read under the prefix, and none where nobody has put one', async () => {
    expect(await read('remote-one')).toEqual({ bearerToken: 'of-the-test' });
    expect(await read('remote-three')).toBeUndefined();
  });

  it('are named, and never shown, when they are not JSON', async () => {
    const failure: unknown = await read('remote-two').catch((error: unknown) => error);
    expect(String(failure)).toContain('bienlai/test/signing/remote-two');
    expect(String(failure)).not.toContain('of-the-test');
  });
});
