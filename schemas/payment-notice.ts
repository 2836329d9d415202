import * as z from 'zod/mini';
import { gatewayNameSchema, instantSchema, merchantNameSchema } from './ids.ts';
import { amountVndSchema } from './money.ts';

/** What a gateway says became of an attempt. `review`: the money was taken but is flagged as doubtful. */
export const noticeResultSchema = z.enum(['paid', 'failed', 'pending', 'review', 'ignored', 'voided']);
export type NoticeResult = z.infer<typeof noticeResultSchema>;

/**
 * A gateway's news about a payment in our own words, after its authenticity was proved. The same shape
 * comes out of a callback, a query's answer and a statement row.
 */
export const paymentNoticeSchema = z
  .strictObject({
    gateway: gatewayNameSchema,
    merchant: merchantNameSchema,
    /** The reference that we gave the gateway, as opaque text; `null` when the message names none. */
    orderRef: z.nullable(z.string().check(z.minLength(1), z.maxLength(100))),
    /** The gateway's id of the money, literal digits kept; `null` when nothing was charged. */
    transactionId: z.nullable(z.string().check(z.minLength(1), z.maxLength(100))),
    amountVnd: amountVndSchema,
    result: noticeResultSchema,
    /** The gateway's own result code, for people and for disputes. */
    resultCode: z.string().check(z.maxLength(40)),
    /** When the payer paid by the gateway's clock; `null` when no money was taken or the time is unreadable. */
    paidAt: z.nullable(instantSchema),
    /** Bank or wallet behind the gateway, where it is told. */
    bankCode: z.optional(z.string().check(z.maxLength(40))),
  })
  .register(z.globalRegistry, { id: 'PaymentNotice', title: 'Tin báo kết quả thanh toán' });
export type PaymentNotice = z.infer<typeof paymentNoticeSchema>;
