import * as z from 'zod/mini';
import {
  confirmAboveVndSchema,
  httpAddressSchema,
  merchantAccountSchema,
  secretTextSchema,
} from '../merchant-account.ts';

/** What the platform hands over with a partner code. */
export const dvcqgSecretSchema = z.object(
  {
    maDoiTac: secretTextSchema.check(z.maxLength(50, 'must be at most 50 characters')),
    secretKey: secretTextSchema,
    /** Bearer token of the province's LGSP, where requests go through it. */
    lgspToken: z.optional(secretTextSchema),
  },
  'is missing',
);
export type DvcqgSecret = z.infer<typeof dvcqgSecretSchema>;

const codeSchema = z
  .string('is missing')
  .check(z.minLength(1, 'must not be empty'), z.maxLength(50, 'must be at most 50 characters'));
const textSchema = z
  .string('is missing')
  .check(z.minLength(1, 'must not be empty'), z.maxLength(250, 'must be at most 250 characters'));

export const dvcqgAccountSchema = merchantAccountSchema(
  {
    // Addresses are given at integration (§4.1).
    initUrl: httpAddressSchema,
    queryUrl: httpAddressSchema,
    billUrl: httpAddressSchema,
    /** `PhienBan`. */
    version: z._default(z.string().check(z.minLength(1, 'must not be empty')), '1.0.6'),
    // The checksum is a plain digest over a text that holds the key, weaker than an HMAC (§4.5).
    confirmAboveVnd: confirmAboveVndSchema,
    /** The province's LGSP stands between: it wants a token, and wraps the answers. */
    throughLgsp: z._default(z.boolean('must be true or false'), false),
    /** `MaDichVu`: 2 fees and charges, 1 fines. */
    service: z._default(z.enum(['1', '2'], 'must be "1" or "2"'), '2'),
    /** `MaDonVi`, `TenDonVi`: the unit that collects, by the portal's code. */
    unitCode: codeSchema,
    unitName: textSchema,
    // Who gets the money: an account at a bank, and for the budget one at the treasury.
    bankAccount: codeSchema,
    bankCode: codeSchema,
    bankAccountName: textSchema,
    budgetAccount: z.optional(codeSchema),
    treasury: z.optional(textSchema),
  },
  dvcqgSecretSchema,
).check(
  z.refine(({ settings, secrets }) => !settings.throughLgsp || secrets[0].lgspToken !== undefined, {
    path: ['secrets', 0, 'lgspToken'],
    error: 'is missing, while requests go through the LGSP',
  }),
);
export type DvcqgAccount = z.infer<typeof dvcqgAccountSchema>;
