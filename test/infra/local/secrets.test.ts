import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadMerchants } from '#config/merchants.ts';
import { readSecrets } from '#infra/local/secrets.ts';
import { findGateway } from '#shared/gateways/registry.ts';

const merchants = loadMerchants('dev');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the secrets of a local run', () => {
  it('are made for every account, so that its gateway connects', async () => {
    const { merchants: secrets } = await readSecrets(folder, merchants);

    for (const { gateway, merchant, settings } of merchants) {
      const live = secrets[gateway]?.[merchant] ?? [];
      const found = await findGateway(gateway);
      expect(() => found?.connect({ merchant, settings, secrets: live })).not.toThrow();
    }
  });

  it('stay as they were made', async () => {
    const first = await readSecrets(folder, merchants);

    expect(await readSecrets(folder, merchants)).toEqual(first);
  });

  it('of an earlier version are kept, and accounts that came later get theirs', async () => {
    const earlier = {
      vnpay: { ttpvhcc: [{ tmnCode: 'EARLIER1', hashSecret: 'earlier' }] },
      momo: { ttpvhcc: [{ partnerCode: 'MOMO1', accessKey: 'a', secretKey: 's' }] },
    };
    await writeFile(join(folder, 'secrets.json'), JSON.stringify(earlier));
    const { merchants: secrets, merchantsFile } = await readSecrets(folder, merchants);

    expect(secrets).toMatchObject(earlier);
    expect(secrets['zalopay']?.['ttpvhcc']).toHaveLength(1);
    expect(JSON.parse(await readFile(merchantsFile, 'utf8'))).toEqual(secrets);
  });
});
