import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Merchant } from '#shared/domain/merchant.ts';
import { loadPlayer } from './bank/load-players.ts';
import { readOrMake, writeState } from './state-file.ts';

const secretSchema = z.record(z.string(), z.string());

/** The secrets file that the functions read in place of Secrets Manager: the first of a list signs, all verify. */
const merchantSecretsSchema = z.record(z.string(), z.record(z.string(), z.tuple([secretSchema], secretSchema)));
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
  const complete = await completeSecrets(await readOrMake(merchantsFile, merchantSecretsSchema, () => ({})), merchants);
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

/** Every account without a secret gets one that the gateway could have given; the known ones stay. */
export async function completeSecrets(
  known: MerchantSecrets,
  merchants: readonly Pick<Merchant, 'gateway' | 'merchant'>[],
): Promise<MerchantSecrets> {
  const complete: MerchantSecrets = { ...known };
  for (const { gateway, merchant } of merchants) {
    if (complete[gateway]?.[merchant] !== undefined) continue;
    const player = await loadPlayer(gateway);
    complete[gateway] = { ...complete[gateway], [merchant]: [player.makeSecret()] };
  }
  return complete;
}
