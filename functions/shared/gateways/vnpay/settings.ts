import * as z from 'zod/mini';
import { httpAddressSchema, merchantAccountSchema, secretTextSchema } from '../merchant-account.ts';

/** Addresses of VNPAY's sandbox (§1.6, §1.7); production hosts are given at contract. */
export const sandboxAddresses = {
  payUrl: 'https://sandbox.vnpayment.vn/paymentv2/vpcpay.html',
  apiUrl: 'https://sandbox.vnpayment.vn/merchant_webapi/api/transaction',
} as const;

/** One terminal's secrets, under VNPAY's own names. */
export const vnpaySecretSchema = z.object(
  {
    tmnCode: z.string('is missing').check(z.regex(/^[0-9A-Za-z]{8}$/, 'must be 8 letters or digits, as VNPAY gave it')),
    hashSecret: secretTextSchema,
  },
  'is missing',
);
export type VnpaySecret = z.infer<typeof vnpaySecretSchema>;

export const vnpayAccountSchema = merchantAccountSchema(
  {
    payUrl: httpAddressSchema,
    apiUrl: httpAddressSchema,
    /** Our own address as VNPAY wants to be told it, `vnp_IpAddr` of queries (§1.7). */
    serverIp: z._default(z.ipv4('must be an IPv4 address'), '127.0.0.1'),
    /** VNPAY's category of goods, `vnp_OrderType`. */
    orderType: z._default(z.string().check(z.minLength(1, 'must not be empty')), 'other'),
    /** How long VNPAY's page takes money, `vnp_ExpireDate`. */
    expireMinutes: z._default(z.int('must be a whole number of minutes').check(z.minimum(1), z.maximum(1440)), 15),
  },
  vnpaySecretSchema,
);
export type VnpayAccount = z.infer<typeof vnpayAccountSchema>;
