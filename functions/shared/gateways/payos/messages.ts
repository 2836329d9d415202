import * as z from 'zod';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { requestValueSchema, resultCodeSchema } from '../wire-fields.ts';
import { spacedTimeSchema } from '../wire-times.ts';

/** A callback, or an answer to a request of ours: only `data` is signed (§5.1). */
export const messageSchema = z.object({
  data: z.unknown().optional(),
  signature: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
});

const orderCodeSchema = z.string('is missing').regex(/^\d{1,20}$/, 'must be 1 to 20 digits');

/** The bank's reference of the transfer. */
const referenceSchema = z
  .string()
  .max(100, 'must be at most 100 characters')
  .transform((text) => (text === '' ? null : text));

/** The payer's bank; it is a help for people only. */
const bankIdSchema = z.string().transform((text) => (text === '' || text.length > 40 ? undefined : text));

const textSchema = z.string().default('');

/** What the signed values of a callback must say to be used. */
export const paymentSchema = z.object({
  orderCode: orderCodeSchema,
  amount: amountInDongSchema,
  currency: z.literal('VND', 'must be VND').default('VND'),
  code: resultCodeSchema,
  reference: textSchema.pipe(referenceSchema),
  transactionDateTime: textSchema.pipe(spacedTimeSchema),
  counterAccountBankId: textSchema.pipe(bankIdSchema),
});

/** What a person is told of an authentic callback that cannot be used: each fact by itself. */
export const readableFactsSchema = z.object({
  orderCode: orderCodeSchema.nullable().catch(null),
  code: z.string().catch(''),
  reference: textSchema.pipe(referenceSchema).catch(null),
  transactionDateTime: textSchema.pipe(spacedTimeSchema),
});

/** What a callback without proof says it is about. */
export const claimedOrderSchema = z.object({ orderCode: z.unknown() });

/** Our fields of a create request (§5.1); other fields are sent as given and are not signed. */
export const createFieldsSchema = z
  .object({
    orderCode: z.int().min(1),
    amount: z.int().min(1),
    description: z.string().max(25),
    cancelUrl: z.string(),
    returnUrl: z.string(),
  })
  .catchall(requestValueSchema);
export type CreateFields = z.input<typeof createFieldsSchema>;

/** Answers to create and query. */
export const apiAnswerSchema = messageSchema.extend({ code: optionalTextSchema.pipe(resultCodeSchema) });

/** A payment link in the answer to create. */
export const createdLinkSchema = z.object({
  orderCode: optionalTextSchema,
  amount: optionalTextSchema,
  checkoutUrl: optionalTextSchema,
});

const transferSchema = z.object({
  amount: optionalTextSchema.pipe(amountInDongSchema),
  reference: optionalTextSchema.pipe(referenceSchema),
  transactionDateTime: optionalTextSchema.pipe(spacedTimeSchema),
  counterAccountBankId: optionalTextSchema.pipe(bankIdSchema),
});
export type Transfer = z.infer<typeof transferSchema>;

/** A payment link in the answer to a query, with every transfer that reached it. */
export const queriedLinkSchema = z.object({
  orderCode: optionalTextSchema.pipe(orderCodeSchema),
  amount: optionalTextSchema.pipe(amountInDongSchema),
  status: optionalTextSchema.pipe(resultCodeSchema),
  transactions: z.array(transferSchema).default([]),
});
export type QueriedLink = z.infer<typeof queriedLinkSchema>;
