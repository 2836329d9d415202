import * as z from 'zod/mini';
import { merchantNameSchema } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { MerchantAccount } from './gateway.ts';
import { faultsOf } from './message-faults.ts';

/** Address of a gateway's page or API, to which we append paths or a query. */
export const httpAddressSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .check(z.refine((address) => !/[?#]/.test(address), 'must be without query and fragment'));

/** Host of a gateway's API, perhaps with a path; the paths of its document are appended. */
export const apiBaseUrlSchema = z.pipe(
  httpAddressSchema,
  z.transform((address) => address.replace(/\/+$/, '')),
);

/**
 * Above which sum a gateway's callback is confirmed by a query before it counts as paid, for gateways whose callbacks
 * prove little. The default spares most fees of a one-stop desk the detour, and bounds what one forged message is
 * worth to less than the trouble of forging it; 0 confirms everything.
 */
export const confirmAboveVndSchema = z._default(amountVndSchema, amountVndSchema.parse(2_000_000));

/** A code or key that a gateway gave us; its form is the gateway's. */
export const secretTextSchema = z.string('is missing').check(z.minLength(1, 'must not be empty'));

/** A merchant account in a gateway's own words: settings without misspelt names, and at least one live secret. */
export function merchantAccountSchema<Settings extends z.core.$ZodShape, Secret extends z.ZodMiniType>(
  settings: Settings,
  secret: Secret,
) {
  return z.object({
    merchant: merchantNameSchema,
    settings: z.strictObject(settings, {
      error: (issue) =>
        issue.code === 'unrecognized_keys' ? `has unknown names: ${issue.keys.join(', ')}` : 'is missing',
    }),
    /** The first signs, all verify. */
    secrets: z.tuple([secret], secret),
  });
}

/**
 * Reads a merchant account with the gateway's own schema.
 * @throws ConfigurationError naming every faulty setting and secret field, never a value
 */
export function readMerchantAccount<Account>(
  gatewayLabel: string,
  schema: z.ZodMiniType<Account>,
  account: MerchantAccount,
): Account {
  const reading = schema.safeParse(account);
  if (reading.success) return reading.data;
  throw new ConfigurationError(
    `${gatewayLabel} account "${account.merchant}" cannot be used: ${faultsOf(reading.error)}. ` +
      'Settings come from the merchant configuration, secrets from the secret store: correct them there and start again.',
  );
}
