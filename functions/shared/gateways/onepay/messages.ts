import * as z from 'zod/mini';
import { amountTimesHundredSchema } from '../wire-amounts.ts';
import { orderRefSchema, requestValueSchema, resultCodeSchema } from '../wire-fields.ts';
import { utcTimeSchema } from '../wire-times.ts';

/** OnePay's name of the transaction, digits or `PAY-` with letters behind it; missing or 0 where nothing was charged. */
const transactionNoSchema = z.pipe(
  z._default(z.string().check(z.maxLength(64, 'must be at most 64 characters')), ''),
  z.transform((name) => (/^0*$/.test(name) ? null : name)),
);

const paymentTimeSchema = z.pipe(z._default(z.string(), ''), utcTimeSchema);

/** The IPN, and the same fields at the return address, which has no time (§5.5); empty fields never get here. */
export const callbackSchema = z.object({
  vpc_Merchant: z.string('is missing').check(z.maxLength(40, 'must be at most 40 characters')),
  vpc_MerchTxnRef: orderRefSchema,
  vpc_Amount: amountTimesHundredSchema,
  vpc_TxnResponseCode: resultCodeSchema,
  vpc_TransactionNo: transactionNoSchema,
  vpc_PaymentTime: paymentTimeSchema,
});

export type OnepayPayment = z.infer<typeof callbackSchema>;

/** What a person is told of a signed message that cannot be used: each fact by itself. */
export const readableFactsSchema = z.object({
  vpc_MerchTxnRef: z.catch(z.nullable(orderRefSchema), null),
  vpc_TransactionNo: z.catch(transactionNoSchema, null),
  vpc_TxnResponseCode: z.catch(z.string(), ''),
  vpc_PaymentTime: paymentTimeSchema,
});

/** What an answer to a query says before it speaks of a payment. */
export const queryAnswerSchema = z.object({
  vpc_DRExists: z.enum(['Y', 'N'], 'must be Y or N'),
  vpc_MerchTxnRef: z.optional(z.string()),
});

const textSchema = z.pipe(requestValueSchema, z.transform(String));

/** Our fields of the payment address; the amount is given in đồng. Other fields are sent as given. */
export const payFieldsSchema = z.catchall(
  z.object({
    amountVnd: z.int().check(z.minimum(1), z.maximum(9_999_999_999, 'must fit into 12 digits when multiplied by 100')),
    vpc_MerchTxnRef: z.pipe(textSchema, z.string().check(z.maxLength(40))),
    vpc_OrderInfo: z.pipe(textSchema, z.string().check(z.maxLength(34))),
    vpc_ReturnURL: textSchema,
    vpc_TicketNo: textSchema,
    vpc_Locale: z._default(z.enum(['vn', 'en']), 'vn'),
  }),
  textSchema,
);
export type PayFields = z.input<typeof payFieldsSchema>;

/** Our field of a query. */
export const queryFieldsSchema = z.object({ vpc_MerchTxnRef: textSchema });
