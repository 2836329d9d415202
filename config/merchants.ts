import * as z from 'zod/mini';
import { type Merchant, merchantSchema } from '#shared/domain/merchant.ts';
import { merchantFiles, redirectionTo } from './bundled-merchants.ts';
import { faultsOfRepeats, type RegistryFile, readRegistry } from './registry-file.ts';
import type { Stage } from './stage.ts';

/**
 * The merchant accounts of a stage.
 * @param settingsBaseUrl value of `MERCHANT_SETTINGS_BASE_URL`: replaces the origin of every setting that is an address
 * @throws ConfigurationError naming every fault
 */
export function loadMerchants(stage: Stage, settingsBaseUrl?: string): readonly Merchant[] {
  const redirect = redirectionTo(stage, settingsBaseUrl);
  return readMerchants(merchantFiles[stage]).map(redirect);
}

/**
 * Holds the accounts of every stage against the rules, for whoever makes bundles of them. A stage that nobody has filled
 * yet is no fault of the bundle: it refuses to start.
 * @throws ConfigurationError naming every fault of the first stage that has any
 */
export function checkMerchantFiles(files: Readonly<Record<Stage, RegistryFile>> = merchantFiles): void {
  for (const file of Object.values(files)) {
    const isUnfilled = Array.isArray(file.data) && file.data.length === 0;
    if (!isUnfilled) readMerchants(file);
  }
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
