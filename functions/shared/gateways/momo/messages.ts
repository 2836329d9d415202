import * as z from 'zod/mini';
import { literalTextSchema, optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { orderRefSchema, requestValueSchema, resultCodeSchema, transactionNumberSchema } from '../wire-fields.ts';
import { unixMsSchema } from '../wire-times.ts';

/** A field that is left out counts as empty in the signed text; one that is no text or number breaks the message. */
const signedTextSchema = z._default(literalTextSchema, '');

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
  signature: z._default(z.string(), ''),
});
export type SignedCallback = z.infer<typeof signedCallbackSchema>;

/** What an authentic message must say to be used. */
export const paymentSchema = z.object({
  partnerCode: z.string().check(z.minLength(1, 'is missing'), z.maxLength(50, 'must be at most 50 characters')),
  orderId: orderRefSchema,
  transId: transactionNumberSchema,
  amount: amountInDongSchema,
  resultCode: resultCodeSchema,
  responseTime: unixMsSchema,
});

/** What a person is told of an authentic message that cannot be used: each fact by itself. */
export const readableFactsSchema = z.object({
  orderId: z.catch(z.nullable(orderRefSchema), null),
  transId: z.catch(transactionNumberSchema, null),
  responseTime: unixMsSchema,
});

const requestIdSchema = z.string().check(z.minLength(1), z.maxLength(50));
/** Begins and ends with a letter or digit (§2.5, written so that no input makes the pattern slow). */
const ourOrderIdSchema = z.string().check(z.regex(/^[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?$/));

/** Our fields of a create request (§2.5); other fields are sent as given and are not signed. */
export const createFieldsSchema = z.catchall(
  z.object({
    requestId: requestIdSchema,
    amount: z.int().check(z.minimum(1)),
    orderId: ourOrderIdSchema,
    orderInfo: z.string(),
    redirectUrl: z.string(),
    ipnUrl: z.string(),
    requestType: z.string(),
    extraData: z.string(),
  }),
  z.union([requestValueSchema, z.boolean()]),
);
export type CreateFields = z.input<typeof createFieldsSchema>;

/** Our fields of a query (§2.6). */
export const queryFieldsSchema = z.catchall(
  z.object({ orderId: ourOrderIdSchema, requestId: requestIdSchema }),
  requestValueSchema,
);

/** Our fields of a refund (§2.6): its own order id, the payment's transaction, 1 000 to 50 000 000 đồng. */
export const refundFieldsSchema = z.catchall(
  z.object({
    amount: z.int().check(z.minimum(1_000), z.maximum(50_000_000)),
    description: z.string(),
    orderId: ourOrderIdSchema,
    requestId: requestIdSchema,
    transId: z.union([z.int(), z.string().check(z.regex(/^\d+$/))]),
  }),
  requestValueSchema,
);

/** Answers to create, query and refund (§2.5, §2.6), values as their literal texts. */
export const apiAnswerSchema = z.object({
  partnerCode: optionalTextSchema,
  orderId: optionalTextSchema,
  requestId: optionalTextSchema,
  amount: optionalTextSchema,
  transId: optionalTextSchema,
  resultCode: z.pipe(optionalTextSchema, resultCodeSchema),
  message: optionalTextSchema,
  payUrl: optionalTextSchema,
  responseTime: optionalTextSchema,
  signature: optionalTextSchema,
});
export type ApiAnswer = z.infer<typeof apiAnswerSchema>;
