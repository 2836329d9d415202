import * as z from 'zod/mini';
import { merchantAccountSchema, secretTextSchema } from '../merchant-account.ts';
import { vietQrSchema } from '../vietqr-content.ts';

/**
 * How SePay proves that a webhook is its own, as chosen at SePay (§5.2). The mode stands with the secret, so that an
 * account can pass from one to the other while both are live. SePay's "none" is no choice here: anybody could pay.
 */
export const sepaySecretSchema = z.discriminatedUnion(
  'mode',
  [
    z.object({ mode: z.literal('hmac'), webhookSecret: secretTextSchema }),
    z.object({ mode: z.literal('apikey'), apiKey: secretTextSchema }),
  ],
  {
    error: (issue) =>
      typeof issue.input === 'object' && issue.input !== null
        ? 'must be "hmac" or "apikey": a webhook without authentication is never believed'
        : 'is missing',
  },
);
export type SepaySecret = z.infer<typeof sepaySecretSchema>;

const shownTextSchema = z
  .string('is missing')
  .check(z.minLength(1, 'must not be empty'), z.maxLength(200, 'must be at most 200 characters'));

export const sepayAccountSchema = merchantAccountSchema(
  {
    // The account that takes the transfers, as the citizen is shown it.
    bankBin: vietQrSchema.shape.bankBin,
    bankName: shownTextSchema,
    accountNumber: vietQrSchema.shape.accountNumber,
    accountName: shownTextSchema,
    /** In front of our reference in a transfer's content; SePay must be told to recognise `<prefix>` + 16 digits. */
    codePrefix: z.string('is missing').check(z.regex(/^[A-Z]{2,5}$/, 'must be 2 to 5 capital letters')),
  },
  sepaySecretSchema,
);
export type SepayAccount = z.infer<typeof sepayAccountSchema>;
