import * as z from 'zod';
import { apiBaseUrlSchema, merchantAccountSchema, secretTextSchema } from '../merchant-account.ts';

/** MoMo's test host (§2.5); production is `https://payment.momo.vn`. */
export const testApiBaseUrl = 'https://test-payment.momo.vn';

/** One partner's secrets, under MoMo's own names. */
export const momoSecretSchema = z.object(
  {
    partnerCode: secretTextSchema.max(50, 'must be at most 50 characters'),
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
    requestType: z.string().min(1, 'must not be empty').default('captureWallet'),
    /** Our name on MoMo's page. */
    partnerName: z.string().min(1, 'must not be empty').optional(),
  },
  momoSecretSchema,
);
export type MomoAccount = z.infer<typeof momoAccountSchema>;
