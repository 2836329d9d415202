import * as z from 'zod/mini';
import { optionalTextSchema } from '../json-literals.ts';
import { amountTimesHundredSchema } from '../wire-amounts.ts';
import { orderRefSchema, requestValueSchema, transactionNumberSchema } from '../wire-fields.ts';
import { compactTimeSchema } from '../wire-times.ts';

const codeSchema = z.string('is missing').check(z.maxLength(20, 'must be at most 20 characters'));

/** The IPN, and the same fields at the return address (§1.1); empty fields never get here. */
export const callbackSchema = z.object({
  vnp_TmnCode: codeSchema,
  vnp_TxnRef: orderRefSchema,
  vnp_Amount: amountTimesHundredSchema,
  vnp_ResponseCode: codeSchema,
  vnp_TransactionStatus: codeSchema,
  vnp_TransactionNo: transactionNumberSchema,
  vnp_PayDate: compactTimeSchema,
  vnp_BankCode: z.catch(z.optional(z.string().check(z.maxLength(40))), undefined),
});

/** What a person is told of a signed message that cannot be used: each fact by itself, as far as it is readable. */
export const readableFactsSchema = z.object({
  vnp_TxnRef: z.catch(z.nullable(orderRefSchema), null),
  vnp_TransactionNo: z.catch(transactionNumberSchema, null),
  vnp_PayDate: compactTimeSchema,
  vnp_ResponseCode: z.catch(z.string(), ''),
  vnp_TransactionStatus: z.catch(z.string(), ''),
  vnp_Amount: z.catch(z.string(), ''),
});

const textSchema = z.pipe(requestValueSchema, z.transform(String));

/** Our fields of the payment address (§1.6); the amount is given in đồng. */
export const payFieldsSchema = z.object({
  amountVnd: z.int().check(z.minimum(1), z.maximum(9_999_999_999, 'must fit into 12 digits when multiplied by 100')),
  vnp_TxnRef: textSchema,
  vnp_OrderInfo: textSchema,
  vnp_OrderType: textSchema,
  vnp_ReturnUrl: textSchema,
  vnp_IpAddr: textSchema,
  vnp_CreateDate: textSchema,
  vnp_ExpireDate: textSchema,
  vnp_Locale: z._default(z.enum(['vn', 'en']), 'vn'),
  vnp_BankCode: z.optional(textSchema),
});
export type PayFields = z.input<typeof payFieldsSchema>;

/** Our fields of a query (§1.7). Other fields are sent as given; they are not signed. */
export const queryFieldsSchema = z.catchall(
  z.object({
    vnp_RequestId: z.string().check(z.minLength(1), z.maxLength(32)),
    vnp_TxnRef: requestValueSchema,
    vnp_OrderInfo: requestValueSchema,
    vnp_TransactionDate: requestValueSchema,
    vnp_CreateDate: requestValueSchema,
    vnp_IpAddr: requestValueSchema,
  }),
  requestValueSchema,
);

/** Our fields of a refund (§1.8); `vnp_Amount` is already × 100, as on the wire. */
export const refundFieldsSchema = z.catchall(
  z.object({
    ...queryFieldsSchema.shape,
    vnp_TransactionType: z.enum(['02', '03']),
    vnp_Amount: requestValueSchema,
    vnp_CreateBy: requestValueSchema,
  }),
  requestValueSchema,
);

/** Answers to querydr and refund (§1.7, §1.8), every value as its literal text: the signature is over those. */
export const apiAnswerSchema = z.object({
  vnp_ResponseId: optionalTextSchema,
  vnp_Command: optionalTextSchema,
  vnp_ResponseCode: z.pipe(optionalTextSchema, z.string().check(z.maxLength(20, 'must be at most 20 characters'))),
  vnp_Message: optionalTextSchema,
  vnp_TmnCode: optionalTextSchema,
  vnp_TxnRef: optionalTextSchema,
  vnp_Amount: optionalTextSchema,
  vnp_BankCode: optionalTextSchema,
  vnp_PayDate: optionalTextSchema,
  vnp_TransactionNo: optionalTextSchema,
  vnp_TransactionType: optionalTextSchema,
  vnp_TransactionStatus: optionalTextSchema,
  vnp_OrderInfo: optionalTextSchema,
  vnp_PromotionCode: optionalTextSchema,
  vnp_PromotionAmount: optionalTextSchema,
  vnp_SecureHash: optionalTextSchema,
});
export type ApiAnswer = z.infer<typeof apiAnswerSchema>;

/** The payment inside a query's answer. */
export const queriedPaymentSchema = z.omit(callbackSchema, { vnp_ResponseCode: true, vnp_TmnCode: true });
