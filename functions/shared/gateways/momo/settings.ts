import * as z from 'zod';
import { httpAddressSchema, merchantAccountSchema } from '../merchant-account.ts';

/** MoMo's test host (§2.5); production is `https://payment.momo.vn`. */
export const testApiBaseUrl = 'https://test-payment.momo.vn';

/** One partner's secrets, under MoMo's own names. */
export const momoSecretSchema = z.object(
  {
    partnerCode: z.string('is missing').min(1, 'must not be empty').max(50, 'must be at most 50 characters'),
    accessKey: z.string('is missing').min(1, 'must not be empty'),
    secretKey: z.string('is missing').min(1, 'must not be empty'),
  },
  'is missing',
);
export type MomoSecret = z.infer<typeof momoSecretSchema>;

export const momoAccountSchema = merchantAccountSchema(
  {
    /** Host of MoMo's API, perhaps with a path; `/v2/gateway/api/...` is appended. */
    apiBaseUrl: httpAddressSchema.transform((address) => address.replace(/\/+$/, '')),
    /** `captureWallet`: MoMo's app; `payWithMethod`: also cards and ATM. */
    requestType: z.string().min(1, 'must not be empty').default('captureWallet'),
    /** Our name on MoMo's page. */
    partnerName: z.string().min(1, 'must not be empty').optional(),
  },
  momoSecretSchema,
);
export type MomoAccount = z.infer<typeof momoAccountSchema>;
