import { randomBytes, randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Merchant } from '#shared/domain/merchant.ts';
import { momoSecretSchema } from '#shared/gateways/momo/settings.ts';
import { vnpaySecretSchema } from '#shared/gateways/vnpay/settings.ts';
import { readOrMake, writeState } from './state-file.ts';

/** The secrets file that the functions read in place of Secrets Manager: the first of a list signs, all verify. */
const merchantSecretsSchema = z.strictObject({
  vnpay: z.record(z.string(), z.tuple([vnpaySecretSchema], vnpaySecretSchema)),
  momo: z.record(z.string(), z.tuple([momoSecretSchema], momoSecretSchema)),
});
export type MerchantSecrets = z.infer<typeof merchantSecretsSchema>;

export interface LocalSecrets {
  readonly merchants: MerchantSecrets;
  readonly merchantsFile: string;
  readonly origin: string;
  readonly originFile: string;
}

/** Makes random secrets at the first start, and those of accounts that came later when they come. */
export async function readSecrets(stateFolder: string, merchants: readonly Merchant[]): Promise<LocalSecrets> {
  const merchantsFile = join(stateFolder, 'secrets.json');
  const known = await readOrMake(merchantsFile, merchantSecretsSchema, () => ({ vnpay: {}, momo: {} }));
  const complete: MerchantSecrets = {
    vnpay: {
      ...Object.fromEntries(accountsAt('vnpay', merchants).map((name) => [name, [makeVnpaySecret()]])),
      ...known.vnpay,
    },
    momo: {
      ...Object.fromEntries(accountsAt('momo', merchants).map((name) => [name, [makeMomoSecret()]])),
      ...known.momo,
    },
  };
  await writeState(merchantsFile, complete);
  const { secret: origin } = await readOrMake(
    join(stateFolder, 'origin.json'),
    z.strictObject({ secret: z.string() }),
    () => ({
      secret: randomBytes(32).toString('hex'),
    }),
  );
  const originFile = join(stateFolder, 'origin-secret');
  await writeFile(originFile, origin, { mode: 0o600 });
  return { merchants: complete, merchantsFile, origin, originFile };
}

function accountsAt(gateway: string, merchants: readonly Merchant[]): string[] {
  return merchants.filter((merchant) => merchant.gateway === gateway).map(({ merchant }) => merchant);
}

const tmnLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function makeVnpaySecret() {
  const letters = Array.from({ length: 8 }, () => tmnLetters[randomInt(tmnLetters.length)]);
  return { tmnCode: letters.join(''), hashSecret: randomBytes(24).toString('base64url') };
}

function makeMomoSecret() {
  return {
    partnerCode: `MOMO${randomBytes(4).toString('hex').toUpperCase()}`,
    accessKey: randomBytes(8).toString('hex'),
    secretKey: randomBytes(24).toString('base64url'),
  };
}
