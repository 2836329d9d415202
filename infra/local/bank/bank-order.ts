import * as z from 'zod';
import { gatewayNameSchema, instantSchema, merchantNameSchema } from '#schemas/ids.ts';

/** What a gateway tells of an order. */
const newsSchema = z.strictObject({
  result: z.enum(['paid', 'failed', 'cancelled']),
  amountVnd: z.number().int(),
  /** The gateway's number of the money; absent when none was taken. */
  transactionNo: z.string().optional(),
  at: instantSchema,
});
export type News = z.infer<typeof newsSchema>;

const refundSchema = z.strictObject({
  refundRef: z.string(),
  amountVnd: z.number().int().positive(),
  result: z.enum(['refunded', 'pending', 'failed']),
  at: instantSchema,
});

/** A callback that was sent, and what we answered. */
const sentCallSchema = z.object({
  at: instantSchema,
  what: z.string(),
  /** What it told: whoever repeats it signs it anew, since some signatures grow old. */
  news: newsSchema.optional(),
  isForged: z.boolean().default(false),
  // Without body and headers: some of them show a secret.
  call: z.object({ method: z.string(), url: z.url() }),
  status: z.number().int(),
  answer: z.string(),
  /** What our answer can mean in the gateway's own words. */
  outcomes: z.array(z.string()).default([]),
});
export type SentCall = z.infer<typeof sentCallSchema>;

/**
 * An order that a browser, a request of ours or a transfer brought to a played gateway. Books of earlier versions are
 * read too: their orders did not say when they were opened, and said more than is kept now.
 */
export const bankOrderSchema = z.object({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  /** Our reference of the attempt, or the code in a transfer. */
  orderRef: z.string().min(1).max(100),
  amountVnd: z.number().int().positive(),
  description: z.string(),
  returnUrl: z.url().optional(),
  callbackUrl: z.url().optional(),
  openedAt: z.prefault(instantSchema, '2026-01-01T00:00:00.000Z'),
  expiresAt: z.optional(instantSchema),
  /** Fields that the gateway repeats in its messages. */
  echoed: z.record(z.string(), z.string()).optional(),
  refunds: z.array(refundSchema).default([]),
  /** Every payment of money that was taken for it, told or not: what the account's statement lists. */
  taken: z.array(newsSchema).default([]),
  calls: z.array(sentCallSchema),
  /** The last news that carried a genuine signature; the browser takes it along on its way back. */
  lastNews: newsSchema.optional(),
  /** When a delayed callback is to go out. */
  delayedUntil: z.optional(instantSchema),
});
export type BankOrder = z.infer<typeof bankOrderSchema>;
