import * as z from 'zod/mini';
import { apiBaseUrlSchema, merchantAccountSchema, secretTextSchema } from '../merchant-account.ts';

/** MoMo's test host (§2.5); production is `https://payment.momo.vn`. */
export const testApiBaseUrl = 'https://test-payment.momo.vn';

/** One partner's secrets, under MoMo's own names. */
export const momoSecretSchema = z.object(
  {
    partnerCode: secretTextSchema.check(z.maxLength(50, 'must be at most 50 characters')),
    accessKey: secretTextSchema,
    secretKey: secretTextSchema,
  },
  'is missing',
);
export type MomoSecret = z.infer<typeof momoSecretSchema>;

export const momoAccountSchema = merchantAccountSchema(
  {
    /** `/v2/gateway/api/...` is appended. */
    apiBaseUrl: apiBaseUrlSchema,
    /** `captureWallet`: MoMo's app; `payWithMethod`: also cards and ATM. */
    requestType: z._default(z.string().check(z.minLength(1, 'must not be empty')), 'captureWallet'),
    /** Our name on MoMo's page. */
    partnerName: z.optional(z.string().check(z.minLength(1, 'must not be empty'))),
  },
  momoSecretSchema,
);
export type MomoAccount = z.infer<typeof momoAccountSchema>;
