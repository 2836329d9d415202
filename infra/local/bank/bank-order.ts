import * as z from 'zod';
import { gatewayNameSchema, merchantNameSchema } from '#schemas/ids.ts';

/** What the played gateway tells us about an order. */
export const newsSchema = z.strictObject({
  result: z.enum(['paid', 'failed', 'cancelled']),
  amountVnd: z.number().int(),
  /** The gateway's number of the money; absent when none was taken. */
  transactionNo: z.string().optional(),
  at: z.iso.datetime(),
});
export type News = z.infer<typeof newsSchema>;

/** A callback as it goes over the wire. */
export const callSchema = z.strictObject({
  method: z.enum(['GET', 'POST']),
  url: z.url(),
  body: z.string(),
});
export type Call = z.infer<typeof callSchema>;

/** A callback that was sent, and what we answered. */
const sentCallSchema = z.strictObject({
  at: z.iso.datetime(),
  what: z.string(),
  call: callSchema,
  status: z.number().int(),
  answer: z.string(),
});
export type SentCall = z.infer<typeof sentCallSchema>;

/** An order that a browser or a create request brought to a played gateway. */
export const bankOrderSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  /** Our reference of the attempt. */
  orderRef: z.string().min(1).max(100),
  amountVnd: z.number().int().positive(),
  description: z.string(),
  returnUrl: z.url(),
  callbackUrl: z.url(),
  /** MoMo repeats it in its messages. */
  requestId: z.string().optional(),
  expiresAt: z.iso.datetime().optional(),
  calls: z.array(sentCallSchema),
  /** The last news that carried a genuine signature; the browser takes it along on its way back. */
  lastNews: newsSchema.optional(),
  /** When a delayed callback is to go out. */
  delayedUntil: z.iso.datetime().optional(),
});
export type BankOrder = z.infer<typeof bankOrderSchema>;

/** One gateway as the bank plays it. */
export interface PlayedGateway {
  readonly name: string;
  readonly label: string;
  /** A callback that the gateway could really send, signed with the account's secret. */
  readonly signCall: (order: BankOrder, news: News) => Call;
  /** Where the browser goes when it is done. */
  readonly returnAddress: (order: BankOrder, news: News) => string;
}
