import { ConfigurationError } from '#shared/domain/failures.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import dev from './dev/merchants.json' with { type: 'json' };
import prod from './prod/merchants.json' with { type: 'json' };
import { type RegistryFile, refuseEmpty } from './registry-file.ts';
import type { Stage } from './stage.ts';

/** The accounts as they lie in their files; the compiler holds their form, `merchants.ts` every other rule. */
export const merchantFiles: Readonly<Record<Stage, RegistryFile<readonly Merchant[]>>> = {
  dev: { path: 'config/dev/merchants.json', data: dev },
  prod: { path: 'config/prod/merchants.json', data: prod },
};

/**
 * The merchant accounts of a stage for the function that gateways wait for: they were checked when it was bundled
 * (infra/constructs/function-bundle.ts), and are not checked again at each of its starts. Everybody else calls `loadMerchants`.
 * @throws ConfigurationError when nobody has filled them, or `settingsBaseUrl` is not usable
 */
export function bundledMerchants(stage: Stage, settingsBaseUrl?: string): readonly Merchant[] {
  const redirect = redirectionTo(stage, settingsBaseUrl);
  const file = merchantFiles[stage];
  refuseEmpty(file, file.data);
  return file.data.map(redirect);
}

/**
 * Moves every setting that is an address to another origin, so that a trial speaks to a gateway of its own.
 * @param settingsBaseUrl value of `MERCHANT_SETTINGS_BASE_URL`: without it nothing moves. Refused in prod, where it would
 *   send citizens astray.
 * @throws ConfigurationError
 */
export function redirectionTo(stage: Stage, settingsBaseUrl?: string): (merchant: Merchant) => Merchant {
  if (settingsBaseUrl === undefined) return (merchant) => merchant;
  if (stage === 'prod') {
    throw new ConfigurationError(
      'MERCHANT_SETTINGS_BASE_URL is set in stage prod: payments would leave for another address than the ' +
        "gateway's. Remove it from the environment; addresses of prod belong in config/prod/merchants.json.",
    );
  }
  const base = addressOf(settingsBaseUrl);
  if (base === undefined) {
    throw new ConfigurationError('MERCHANT_SETTINGS_BASE_URL is no address: give it as http://localhost:4400.');
  }
  return (merchant) => ({ ...merchant, settings: redirectSettings(merchant.settings, base) });
}

function redirectSettings(settings: Merchant['settings'], base: URL): Merchant['settings'] {
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
