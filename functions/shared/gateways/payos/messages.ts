import * as z from 'zod/mini';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { requestValueSchema, resultCodeSchema } from '../wire-fields.ts';
import { spacedTimeSchema } from '../wire-times.ts';

/** A callback, or an answer to a request of ours: only `data` is signed (§5.1). */
export const messageSchema = z.object({
  data: z.optional(z.unknown()),
  signature: z.pipe(
    z.nullish(z.string()),
    z.transform((text) => text ?? ''),
  ),
});

const orderCodeSchema = z.string('is missing').check(z.regex(/^\d{1,20}$/, 'must be 1 to 20 digits'));

/** The bank's reference of the transfer. */
const referenceSchema = z.pipe(
  z.string().check(z.maxLength(100, 'must be at most 100 characters')),
  z.transform((text) => (text === '' ? null : text)),
);

/** The payer's bank; it is a help for people only. */
const bankIdSchema = z.pipe(
  z.string(),
  z.transform((text) => (text === '' || text.length > 40 ? undefined : text)),
);

const textSchema = z._default(z.string(), '');

/** What the signed values of a callback must say to be used. */
export const paymentSchema = z.object({
  orderCode: orderCodeSchema,
  amount: amountInDongSchema,
  currency: z._default(z.literal('VND', 'must be VND'), 'VND'),
  code: resultCodeSchema,
  reference: z.pipe(textSchema, referenceSchema),
  transactionDateTime: z.pipe(textSchema, spacedTimeSchema),
  counterAccountBankId: z.pipe(textSchema, bankIdSchema),
});

/** What a person is told of an authentic callback that cannot be used: each fact by itself. */
export const readableFactsSchema = z.object({
  orderCode: z.catch(z.nullable(orderCodeSchema), null),
  code: z.catch(z.string(), ''),
  reference: z.catch(z.pipe(textSchema, referenceSchema), null),
  transactionDateTime: z.pipe(textSchema, spacedTimeSchema),
});

/** What a callback without proof says it is about. */
export const claimedOrderSchema = z.object({ orderCode: z.unknown() });

/** Our fields of a create request (§5.1); other fields are sent as given and are not signed. */
export const createFieldsSchema = z.catchall(
  z.object({
    orderCode: z.int().check(z.minimum(1)),
    amount: z.int().check(z.minimum(1)),
    description: z.string().check(z.maxLength(25)),
    cancelUrl: z.string(),
    returnUrl: z.string(),
  }),
  requestValueSchema,
);
export type CreateFields = z.input<typeof createFieldsSchema>;

/** Answers to create and query. */
export const apiAnswerSchema = z.extend(messageSchema, { code: z.pipe(optionalTextSchema, resultCodeSchema) });

/** A payment link in the answer to create. */
export const createdLinkSchema = z.object({
  orderCode: optionalTextSchema,
  amount: optionalTextSchema,
  checkoutUrl: optionalTextSchema,
});

const transferSchema = z.object({
  amount: z.pipe(optionalTextSchema, amountInDongSchema),
  reference: z.pipe(optionalTextSchema, referenceSchema),
  transactionDateTime: z.pipe(optionalTextSchema, spacedTimeSchema),
  counterAccountBankId: z.pipe(optionalTextSchema, bankIdSchema),
});
export type Transfer = z.infer<typeof transferSchema>;

/** A payment link in the answer to a query, with every transfer that reached it. */
export const queriedLinkSchema = z.object({
  orderCode: z.pipe(optionalTextSchema, orderCodeSchema),
  amount: z.pipe(optionalTextSchema, amountInDongSchema),
  status: z.pipe(optionalTextSchema, resultCodeSchema),
  transactions: z._default(z.array(transferSchema), []),
});
export type QueriedLink = z.infer<typeof queriedLinkSchema>;
