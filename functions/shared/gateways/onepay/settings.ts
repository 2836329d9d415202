import * as z from 'zod/mini';
import { httpAddressSchema, merchantAccountSchema, secretTextSchema } from '../merchant-account.ts';

/** Addresses of OnePay's test system; production has the same paths on `https://onepay.vn`. */
export const testAddresses = {
  payUrl: 'https://mtf.onepay.vn/paygate/vpcpay.op',
  queryUrl: 'https://mtf.onepay.vn/msp/api/v1/vpc/invoices/queries',
} as const;

/** What OnePay hands over with a merchant account. */
export const onepaySecretSchema = z.object(
  {
    /** `vpc_Merchant`. */
    merchantId: secretTextSchema.check(z.maxLength(16, 'must be at most 16 characters')),
    /** `vpc_AccessCode`. */
    accessCode: secretTextSchema.check(z.maxLength(8, 'must be at most 8 characters')),
    /** As OnePay writes it: hex, which is decoded before it signs (§5.5). */
    hashSecret: z.string('is missing').check(z.regex(/^(?:[0-9a-fA-F]{2})+$/, 'must be hex digits, two for each byte')),
    /** `vpc_User` and `vpc_Password`, for queries alone. */
    queryUser: secretTextSchema,
    queryPassword: secretTextSchema,
  },
  'is missing',
);
export type OnepaySecret = z.infer<typeof onepaySecretSchema>;

export const onepayAccountSchema = merchantAccountSchema(
  {
    payUrl: httpAddressSchema,
    queryUrl: httpAddressSchema,
    /** Heading of OnePay's page. */
    title: z._default(
      z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(100, 'must be at most 100 characters')),
      'Nop phi, le phi',
    ),
  },
  onepaySecretSchema,
);
export type OnepayAccount = z.infer<typeof onepayAccountSchema>;
