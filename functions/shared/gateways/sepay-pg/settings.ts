import * as z from 'zod/mini';
import {
  apiBaseUrlSchema,
  confirmAboveVndSchema,
  httpAddressSchema,
  merchantAccountSchema,
  secretTextSchema,
} from '../merchant-account.ts';

/** SePay's sandbox page; production is `https://pay.sepay.vn/v1/checkout/init`. */
export const sandboxCheckoutUrl = 'https://pay-sandbox.sepay.vn/v1/checkout/init';

/** Signs the checkout form, stands in the header of the IPN (§5.3), and opens the API. */
export const sepayPgSecretSchema = z.object({ secretKey: secretTextSchema }, 'is missing');
export type SepayPgSecret = z.infer<typeof sepayPgSecretSchema>;

export const sepayPgAccountSchema = merchantAccountSchema(
  {
    checkoutUrl: httpAddressSchema,
    /**
     * `/v1/order/detail/` is appended. `https://pgapi.sepay.vn`, or `https://pgapi-sandbox.sepay.vn` for the sandbox, by
     * SePay's own package alone: compare with what they hand over.
     */
    apiBaseUrl: apiBaseUrlSchema,
    // Whoever knows the key of the header can say anything: nothing covers the content (§5.3).
    confirmAboveVnd: confirmAboveVndSchema,
    merchantId: z
      .string('is missing')
      .check(z.minLength(1, 'must not be empty'), z.maxLength(50, 'must be at most 50 characters')),
    /** `BANK_TRANSFER`, `NAPAS_BANK_TRANSFER` or `CARD`; without it the payer chooses on SePay's page. */
    paymentMethod: z.optional(
      z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(50, 'must be at most 50 characters')),
    ),
  },
  sepayPgSecretSchema,
);
export type SepayPgAccount = z.infer<typeof sepayPgAccountSchema>;
