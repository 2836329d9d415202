import * as z from 'zod/mini';
import { apiBaseUrlSchema, merchantAccountSchema, secretTextSchema } from '../merchant-account.ts';

/** ZaloPay's sandbox host (§3.3); production is `https://openapi.zalopay.vn`. */
export const sandboxApiBaseUrl = 'https://sb-openapi.zalopay.vn';

/** One app's secrets, under ZaloPay's own names: key1 signs what we ask, key2 what ZaloPay tells us. */
export const zalopaySecretSchema = z.object(
  {
    appId: z.string('is missing').check(z.regex(/^[1-9]\d{0,9}$/, 'must be the digits that ZaloPay gave')),
    key1: secretTextSchema,
    key2: secretTextSchema,
  },
  'is missing',
);

/** What our own requests need of them. */
export const requestSecretSchema = z.omit(zalopaySecretSchema, { key2: true });
export type RequestSecret = z.infer<typeof requestSecretSchema>;

export const zalopayAccountSchema = merchantAccountSchema(
  {
    /** `/v2/...` is appended. */
    apiBaseUrl: apiBaseUrlSchema,
    /** `app_user`, which must not be empty: the same for everybody, since ZaloPay need not know who pays. */
    appUser: z._default(
      z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(50, 'must be at most 50 characters')),
      'nguoi-nop',
    ),
    /** Leads straight to one way to pay; without it the payer chooses on ZaloPay's page. */
    bankCode: z.optional(
      z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(20, 'must be at most 20 characters')),
    ),
    /** Which key signs the address that the browser comes back to: told by integrators only (§3.4). */
    returnKey: z._default(z.enum(['key1', 'key2'], 'must be key1 or key2'), 'key2'),
  },
  zalopaySecretSchema,
);
export type ZalopayAccount = z.infer<typeof zalopayAccountSchema>;
