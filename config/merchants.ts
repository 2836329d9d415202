import * as z from 'zod/mini';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { type Merchant, merchantSchema } from '#shared/domain/merchant.ts';
import dev from './dev/merchants.json' with { type: 'json' };
import prod from './prod/merchants.json' with { type: 'json' };
import { faultsOfRepeats, type RegistryFile, readRegistry } from './registry-file.ts';
import type { Stage } from './stage.ts';

const files: Readonly<Record<Stage, RegistryFile>> = {
  dev: { path: 'config/dev/merchants.json', data: dev },
  prod: { path: 'config/prod/merchants.json', data: prod },
};

/**
 * The merchant accounts of a stage.
 * @param settingsBaseUrl value of `MERCHANT_SETTINGS_BASE_URL`: replaces the origin of every setting that is an
 *   address, so that a trial speaks to a gateway of its own. Refused in prod, where it would send citizens astray.
 * @throws ConfigurationError naming every fault
 */
export function loadMerchants(stage: Stage, settingsBaseUrl?: string): readonly Merchant[] {
  if (stage === 'prod' && settingsBaseUrl !== undefined) {
    throw new ConfigurationError(
      'MERCHANT_SETTINGS_BASE_URL is set in stage prod: payments would leave for another address than the ' +
        "gateway's. Remove it from the environment; addresses of prod belong in config/prod/merchants.json.",
    );
  }
  const merchants = readMerchants(files[stage]);
  if (settingsBaseUrl === undefined) return merchants;
  return merchants.map((merchant) => ({ ...merchant, settings: redirectSettings(merchant.settings, settingsBaseUrl) }));
}

export function readMerchants(file: RegistryFile): readonly Merchant[] {
  return readRegistry(file, z.array(merchantSchema), (merchants) => [
    ...faultsOfRepeats(merchants, 'account', ({ gateway, merchant }) => [`${gateway}/${merchant}`]),
    ...faultsOfRepeats(merchants, 'unit', ({ gateway, units }) => units.map((unit) => `${unit} at ${gateway}`)),
    ...faultsOfDefaults(merchants),
  ]);
}

/** Each gateway needs exactly one account that takes what no other account claims. */
function faultsOfDefaults(merchants: readonly Merchant[]): readonly string[] {
  return [...Map.groupBy(merchants, ({ gateway }) => gateway)].flatMap(([gateway, accounts]) => {
    const defaults = accounts.filter((account) => account.default).length;
    return defaults === 1 ? [] : [`${gateway} has ${defaults} default accounts; it needs exactly one`];
  });
}

function redirectSettings(settings: Merchant['settings'], baseUrl: string): Merchant['settings'] {
  const base = addressOf(baseUrl);
  if (base === undefined) {
    throw new ConfigurationError('MERCHANT_SETTINGS_BASE_URL is no address: give it as http://localhost:4400.');
  }
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const address = typeof value === 'string' ? addressOf(value) : undefined;
      return [name, address === undefined ? value : base.origin + address.pathname + address.search];
    }),
  );
}

function addressOf(text: string): URL | undefined {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}
