import * as z from 'zod';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDecimalsSchema } from '../wire-amounts.ts';
import { orderRefSchema, requestValueSchema } from '../wire-fields.ts';
import { spacedTimeSchema } from '../wire-times.ts';

const invoiceNumberSchema = optionalTextSchema.pipe(orderRefSchema);
const wordSchema = optionalTextSchema.pipe(z.string().min(1, 'is missing').max(40, 'must be at most 40 characters'));
const transactionIdSchema = optionalTextSchema.pipe(
  z.string().min(1, 'is missing').max(100, 'must be at most 100 characters'),
);
const amountSchema = optionalTextSchema.pipe(amountInDecimalsSchema);
const dateSchema = optionalTextSchema.pipe(spacedTimeSchema);

/** The four words that say together what became of a payment (§5.3). */
const notificationTypeSchema = wordSchema;
const orderWordsSchema = z.object({ order_status: wordSchema }, 'is missing');
const transactionWordsSchema = z.object({ transaction_type: wordSchema, transaction_status: wordSchema }, 'is missing');

/** The IPN (§5.3). */
export const notificationSchema = z.object({
  notification_type: notificationTypeSchema,
  order: orderWordsSchema.extend({
    order_invoice_number: invoiceNumberSchema,
    order_currency: z.literal('VND', 'must be VND'),
    order_amount: amountSchema,
  }),
  transaction: transactionWordsSchema.extend({
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
        transactions: z
          .array(
            transactionWordsSchema.extend({
              id: transactionIdSchema,
              transaction_date: dateSchema,
              transaction_amount: amountSchema,
            }),
            'must be a list',
          )
          .default([]),
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

/** What a person is told of an authentic message that cannot be used: each fact by itself. */
export const readableFactsSchema = z
  .object({
    order: z
      .object({ order_invoice_number: invoiceNumberSchema.nullable().catch(null) })
      .catch({ order_invoice_number: null }),
    transaction: z
      .object({ id: transactionIdSchema.nullable().catch(null), transaction_date: dateSchema.catch(null) })
      .catch({ id: null, transaction_date: null }),
  })
  .catch({ order: { order_invoice_number: null }, transaction: { id: null, transaction_date: null } });

/** Our fields of the checkout form, in the order in which they are posted and signed. */
export const checkoutFieldsSchema = z.record(z.string(), requestValueSchema);
