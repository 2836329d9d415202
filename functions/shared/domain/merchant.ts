import * as z from 'zod/mini';
import { gatewayNameSchema, merchantNameSchema, type UnitCode, unitCodeSchema } from '#schemas/ids.ts';

/** One merchant account at a gateway. Its secrets lie in the secret store, never here. */
export const merchantSchema = z.strictObject({
  gateway: gatewayNameSchema,
  /** Our name of the account, as it stands in callback addresses and keys. */
  merchant: merchantNameSchema,
  /** For people, Vietnamese: whose account it is. */
  label: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Takes the payments of units that have no account of their own at this gateway. */
  default: z.boolean(),
  /** Units whose payments go to this account. */
  units: z.array(unitCodeSchema),
  /** Addresses and switches in the gateway's own words; the gateway checks them when it connects. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type Merchant = z.infer<typeof merchantSchema>;

/**
 * The account that takes a payment: the one that serves all units of it, else the gateway's default. Nothing when we
 * have no account at the gateway.
 */
export function merchantFor(
  merchants: readonly Merchant[],
  gateway: string,
  unitCodes: readonly UnitCode[],
): Merchant | undefined {
  const atGateway = merchants.filter((merchant) => merchant.gateway === gateway);
  const own = atGateway.find(({ units }) => unitCodes.length > 0 && unitCodes.every((code) => units.includes(code)));
  return own ?? atGateway.find((merchant) => merchant.default);
}
