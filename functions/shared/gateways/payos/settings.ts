import * as z from 'zod/mini';
import { apiBaseUrlSchema, merchantAccountSchema, secretTextSchema } from '../merchant-account.ts';

/** payOS has one host; there is no sandbox. */
export const productionApiBaseUrl = 'https://api-merchant.payos.vn';

/** One payment channel's secrets, under payOS's own names: two open its API, the third signs and verifies. */
export const payosSecretSchema = z.object(
  {
    clientId: secretTextSchema,
    apiKey: secretTextSchema,
    checksumKey: secretTextSchema,
  },
  'is missing',
);
export type PayosSecret = z.infer<typeof payosSecretSchema>;

/** What signatures need of them. */
export const signingSecretSchema = z.pick(payosSecretSchema, { checksumKey: true });
export type SigningSecret = z.infer<typeof signingSecretSchema>;

export const payosAccountSchema = merchantAccountSchema(
  {
    /** `/v2/payment-requests` is appended. */
    apiBaseUrl: apiBaseUrlSchema,
    /** Characters of the transfer's text: 25, but only 9 where payOS does not hold the bank account itself. */
    descriptionLength: z._default(z.int('must be a whole number').check(z.minimum(1), z.maximum(25)), 9),
  },
  payosSecretSchema,
);
export type PayosAccount = z.infer<typeof payosAccountSchema>;
