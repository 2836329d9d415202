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

/** Our fields of a query, and of a refund's query under the refund's own order id (§2.6). */
export const queryFieldsSchema = z.catchall(
  z.object({ orderId: ourOrderIdSchema, requestId: requestIdSchema }),
  requestValueSchema,
);

/** What one refund may come to (§2.6); for some ways to pay MoMo allows less, and says so itself. */
export const refundLimits = { leastVnd: 1_000, mostVnd: 50_000_000 } as const;

/** Our fields of a refund (§2.6): its own order id and the payment's transaction. */
export const refundFieldsSchema = z.catchall(
  z.object({
    amount: z.int().check(z.minimum(refundLimits.leastVnd), z.maximum(refundLimits.mostVnd)),
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

/** The answer to a refund's query: the refunds made under the order id that was asked about. */
export const refundQueryAnswerSchema = z.extend(apiAnswerSchema, {
  refundTrans: z.pipe(
    z.nullish(
      z.array(
        z.object({
          orderId: optionalTextSchema,
          amount: optionalTextSchema,
          resultCode: z.pipe(optionalTextSchema, resultCodeSchema),
        }),
      ),
    ),
    z.transform((refunds) => refunds ?? []),
  ),
});
