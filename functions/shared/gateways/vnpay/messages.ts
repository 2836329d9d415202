import * as z from 'zod';
import { instantOfVietnamTime } from '#shared/domain/calendar.ts';
import { literalTextSchema } from '../json-literals.ts';
import { amountTimesHundredSchema } from '../wire-amounts.ts';

const orderRefSchema = z.string('is missing').max(100, 'must be at most 100 characters');

/** VNPAY's number of the transaction; `0` says that none was made and would collide as a key (§1.10). */
const transactionNoSchema = z
  .string('is missing')
  .regex(/^\d{1,40}$/, 'must be digits')
  .transform((digits) => (/^0+$/.test(digits) ? null : digits));

/** An unreadable time never costs a payment: our own clock stands in for it. */
const payDateSchema = z
  .string()
  .optional()
  .transform((text) => instantOfVietnamTime(text ?? '') ?? null);

const codeSchema = z.string('is missing').max(20, 'must be at most 20 characters');

/** The IPN, and the same fields at the return address (§1.1); empty fields never get here. */
export const callbackSchema = z.object({
  vnp_TmnCode: codeSchema,
  vnp_TxnRef: orderRefSchema,
  vnp_Amount: amountTimesHundredSchema,
  vnp_ResponseCode: codeSchema,
  vnp_TransactionStatus: codeSchema,
  vnp_TransactionNo: transactionNoSchema,
  vnp_PayDate: payDateSchema,
  vnp_BankCode: z.string().max(40).optional().catch(undefined),
});

/** What a person is told of a signed message that cannot be used: each fact by itself, as far as it is readable. */
export const readableFactsSchema = z.object({
  vnp_TxnRef: orderRefSchema.nullable().catch(null),
  vnp_TransactionNo: transactionNoSchema.catch(null),
  vnp_PayDate: payDateSchema,
  vnp_ResponseCode: z.string().catch(''),
  vnp_TransactionStatus: z.string().catch(''),
  vnp_Amount: z.string().catch(''),
});

const valueSchema = z.union([z.string(), z.int()]);
const textSchema = valueSchema.transform(String);

/** Our fields of the payment address (§1.6); the amount is given in đồng. */
export const payFieldsSchema = z.object({
  amountVnd: z.int().min(1).max(9_999_999_999, 'must fit into 12 digits when multiplied by 100'),
  vnp_TxnRef: textSchema,
  vnp_OrderInfo: textSchema,
  vnp_OrderType: textSchema,
  vnp_ReturnUrl: textSchema,
  vnp_IpAddr: textSchema,
  vnp_CreateDate: textSchema,
  vnp_ExpireDate: textSchema,
  vnp_Locale: z.enum(['vn', 'en']).default('vn'),
  vnp_BankCode: textSchema.optional(),
});
export type PayFields = z.input<typeof payFieldsSchema>;

/** Our fields of a query (§1.7). Other fields are sent as given; they are not signed. */
export const queryFieldsSchema = z
  .object({
    vnp_RequestId: z.string().min(1).max(32),
    vnp_TxnRef: valueSchema,
    vnp_OrderInfo: valueSchema,
    vnp_TransactionDate: valueSchema,
    vnp_CreateDate: valueSchema,
    vnp_IpAddr: valueSchema,
  })
  .catchall(valueSchema);

/** Our fields of a refund (§1.8); `vnp_Amount` is already × 100, as on the wire. */
export const refundFieldsSchema = z
  .object({
    ...queryFieldsSchema.shape,
    vnp_TransactionType: z.enum(['02', '03']),
    vnp_Amount: valueSchema,
    vnp_CreateBy: valueSchema,
  })
  .catchall(valueSchema);

const answerTextSchema = literalTextSchema.nullish().transform((text) => text ?? '');

/** Answers to querydr and refund (§1.7, §1.8), every value as its literal text: the signature is over those. */
export const apiAnswerSchema = z.object({
  vnp_ResponseId: answerTextSchema,
  vnp_Command: answerTextSchema,
  vnp_ResponseCode: answerTextSchema.pipe(z.string().max(20, 'must be at most 20 characters')),
  vnp_Message: answerTextSchema,
  vnp_TmnCode: answerTextSchema,
  vnp_TxnRef: answerTextSchema,
  vnp_Amount: answerTextSchema,
  vnp_BankCode: answerTextSchema,
  vnp_PayDate: answerTextSchema,
  vnp_TransactionNo: answerTextSchema,
  vnp_TransactionType: answerTextSchema,
  vnp_TransactionStatus: answerTextSchema,
  vnp_OrderInfo: answerTextSchema,
  vnp_PromotionCode: answerTextSchema,
  vnp_PromotionAmount: answerTextSchema,
  vnp_SecureHash: answerTextSchema,
});
export type ApiAnswer = z.infer<typeof apiAnswerSchema>;

/** The payment inside a query's answer. */
export const queriedPaymentSchema = callbackSchema.omit({ vnp_ResponseCode: true, vnp_TmnCode: true });
