import * as z from 'zod';
import { instantOfUnixMs } from '#shared/domain/calendar.ts';
import { literalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';

/** A field that is left out counts as empty in the signed text; one that is no text or number breaks the message. */
const signedTextSchema = literalTextSchema.default('');

/** The IPN as it is signed (§2.1): numbers by their literal digits, unsigned fields left aside. */
export const signedCallbackSchema = z.object({
  partnerCode: signedTextSchema,
  orderId: signedTextSchema,
  requestId: signedTextSchema,
  amount: signedTextSchema,
  orderInfo: signedTextSchema,
  orderType: signedTextSchema,
  transId: signedTextSchema,
  resultCode: signedTextSchema,
  message: signedTextSchema,
  payType: signedTextSchema,
  responseTime: signedTextSchema,
  extraData: signedTextSchema,
  signature: z.string().default(''),
});
export type SignedCallback = z.infer<typeof signedCallbackSchema>;

const resultCodeSchema = z.string().min(1, 'is missing').max(20, 'must be at most 20 characters');
const orderIdSchema = z.string().min(1, 'is missing').max(100, 'must be at most 100 characters');

/** MoMo's number of the transaction, which may pass 2^53 (§2.7); empty or 0 where there is none. */
const transIdSchema = z
  .string()
  .regex(/^\d{0,40}$/, 'must be digits')
  .transform((digits) => (/^0*$/.test(digits) ? null : digits));

/** Unix milliseconds; an unreadable time never costs a payment, our own clock stands in for it. */
const responseTimeSchema = z
  .string()
  .transform((digits) => (/^\d{1,16}$/.test(digits) ? (instantOfUnixMs(Number(digits)) ?? null) : null));

/** What an authentic message must say to be used. */
export const paymentSchema = z.object({
  partnerCode: z.string().min(1, 'is missing').max(50, 'must be at most 50 characters'),
  orderId: orderIdSchema,
  transId: transIdSchema,
  amount: amountInDongSchema,
  resultCode: resultCodeSchema,
  responseTime: responseTimeSchema,
});

/** What a person is told of an authentic message that cannot be used: each fact by itself. */
export const readableFactsSchema = z.object({
  orderId: orderIdSchema.nullable().catch(null),
  transId: transIdSchema.catch(null),
  responseTime: responseTimeSchema,
});

const valueSchema = z.union([z.string(), z.int()]);
const requestIdSchema = z.string().min(1).max(50);
/** Begins and ends with a letter or digit (§2.5, written so that no input makes the pattern slow). */
const ourOrderIdSchema = z.string().regex(/^[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?$/);

/** Our fields of a create request (§2.5); other fields are sent as given and are not signed. */
export const createFieldsSchema = z
  .object({
    requestId: requestIdSchema,
    amount: z.int().min(1),
    orderId: ourOrderIdSchema,
    orderInfo: z.string(),
    redirectUrl: z.string(),
    ipnUrl: z.string(),
    requestType: z.string(),
    extraData: z.string(),
  })
  .catchall(z.union([valueSchema, z.boolean()]));
export type CreateFields = z.input<typeof createFieldsSchema>;

/** Our fields of a query (§2.6). */
export const queryFieldsSchema = z
  .object({ orderId: ourOrderIdSchema, requestId: requestIdSchema })
  .catchall(valueSchema);

/** Our fields of a refund (§2.6): its own order id, the payment's transaction, 1 000 to 50 000 000 đồng. */
export const refundFieldsSchema = z
  .object({
    amount: z.int().min(1_000).max(50_000_000),
    description: z.string(),
    orderId: ourOrderIdSchema,
    requestId: requestIdSchema,
    transId: z.union([z.int(), z.string().regex(/^\d+$/)]),
  })
  .catchall(valueSchema);

const answerTextSchema = literalTextSchema.nullish().transform((text) => text ?? '');

/** Answers to create, query and refund (§2.5, §2.6), values as their literal texts. */
export const apiAnswerSchema = z.object({
  partnerCode: answerTextSchema,
  orderId: answerTextSchema,
  requestId: answerTextSchema,
  amount: answerTextSchema,
  transId: answerTextSchema,
  resultCode: answerTextSchema.pipe(resultCodeSchema),
  message: answerTextSchema,
  payUrl: answerTextSchema,
  responseTime: answerTextSchema,
  signature: answerTextSchema,
});
export type ApiAnswer = z.infer<typeof apiAnswerSchema>;
