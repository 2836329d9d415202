import * as z from 'zod/mini';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDecimalsSchema } from '../wire-amounts.ts';
import { orderRefSchema, requestValueSchema } from '../wire-fields.ts';
import { spacedTimeSchema } from '../wire-times.ts';

const invoiceNumberSchema = z.pipe(optionalTextSchema, orderRefSchema);
const wordSchema = z.pipe(
  optionalTextSchema,
  z.string().check(z.minLength(1, 'is missing'), z.maxLength(40, 'must be at most 40 characters')),
);
const transactionIdSchema = z.pipe(
  optionalTextSchema,
  z.string().check(z.minLength(1, 'is missing'), z.maxLength(100, 'must be at most 100 characters')),
);
const amountSchema = z.pipe(optionalTextSchema, amountInDecimalsSchema);
const dateSchema = z.pipe(optionalTextSchema, spacedTimeSchema);

/** The four words that say together what became of a payment (§5.3). */
const notificationTypeSchema = wordSchema;
const orderWordsSchema = z.object({ order_status: wordSchema }, 'is missing');
const transactionWordsSchema = z.object({ transaction_type: wordSchema, transaction_status: wordSchema }, 'is missing');

/** The IPN (§5.3). */
export const notificationSchema = z.object({
  notification_type: notificationTypeSchema,
  order: z.extend(orderWordsSchema, {
    order_invoice_number: invoiceNumberSchema,
    order_currency: z.literal('VND', 'must be VND'),
    order_amount: amountSchema,
  }),
  transaction: z.extend(transactionWordsSchema, {
    id: transactionIdSchema,
    transaction_date: dateSchema,
    transaction_amount: amountSchema,
  }),
});
export type Notification = z.infer<typeof notificationSchema>;

/** An order in the answer to a query, with every transaction about it. */
export const orderAnswerSchema = z.object(
  {
    data: z.object(
      {
        order_invoice_number: invoiceNumberSchema,
        order_status: wordSchema,
        order_currency: z.literal('VND', 'must be VND'),
        order_amount: amountSchema,
        transactions: z._default(
          z.array(
            z.extend(transactionWordsSchema, {
              id: transactionIdSchema,
              transaction_date: dateSchema,
              transaction_amount: amountSchema,
            }),
            'must be a list',
          ),
          [],
        ),
      },
      'is missing',
    ),
  },
  'is no object',
);
export type QueriedOrder = z.infer<typeof orderAnswerSchema>['data'];
export type QueriedTransaction = QueriedOrder['transactions'][number];

/** What decides about a message's result, where it can be read. */
export const resultWordsSchema = z.object({
  notification_type: notificationTypeSchema,
  order: orderWordsSchema,
  transaction: transactionWordsSchema,
});
export type ResultWords = z.infer<typeof resultWordsSchema>;

const noOrder = { order_invoice_number: null };
const noTransaction = { id: null, transaction_date: null };

/** What a person is told of an authentic message that cannot be used: each fact by itself. */
export const readableFactsSchema = z.catch(
  z.object({
    order: z.catch(z.object({ order_invoice_number: z.catch(z.nullable(invoiceNumberSchema), null) }), noOrder),
    transaction: z.catch(
      z.object({ id: z.catch(z.nullable(transactionIdSchema), null), transaction_date: z.catch(dateSchema, null) }),
      noTransaction,
    ),
  }),
  { order: noOrder, transaction: noTransaction },
);

/** Our fields of the checkout form, in the order in which they are posted and signed. */
export const checkoutFieldsSchema = z.record(z.string(), requestValueSchema);
