import * as z from 'zod/mini';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { orderRefSchema, requestValueSchema, resultCodeSchema, transactionNumberSchema } from '../wire-fields.ts';
import { unixMsSchema } from '../wire-times.ts';

/** The callback (§3.1). `type` stands outside the mac, so it is left aside. */
export const callbackSchema = z.object({
  data: z.string('must be a text, since the mac covers its characters'),
  mac: z._default(z.string(), ''),
});

const orderSchema = z.pipe(optionalTextSchema, orderRefSchema);
const transactionSchema = z.pipe(optionalTextSchema, transactionNumberSchema);
const serverTimeSchema = z.pipe(optionalTextSchema, unixMsSchema);
const appIdSchema = z.pipe(
  optionalTextSchema,
  z.string().check(z.minLength(1, 'is missing'), z.maxLength(20, 'must be at most 20 characters')),
);

/** What `data` must say to be used. */
export const paymentSchema = z.object({
  app_id: appIdSchema,
  app_trans_id: orderSchema,
  zp_trans_id: transactionSchema,
  amount: z.pipe(optionalTextSchema, amountInDongSchema),
  server_time: serverTimeSchema,
});

/** What a person is told of authentic `data` that cannot be used: each fact by itself. */
export const readableFactsSchema = z.catch(
  z.object({
    app_trans_id: z.catch(z.nullable(orderSchema), null),
    zp_trans_id: z.catch(transactionSchema, null),
    server_time: z.catch(serverTimeSchema, null),
  }),
  { app_trans_id: null, zp_trans_id: null, server_time: null },
);

/** What the address that the browser came back to must say to be shown (§3.4). */
export const returnSchema = z.object({
  appid: appIdSchema,
  apptransid: orderRefSchema,
  amount: amountInDongSchema,
  status: resultCodeSchema,
});

/** Begins with the Vietnamese day of its making, which ZaloPay checks (§3.3). */
const orderIdSchema = z.string().check(z.regex(/^\d{6}/, 'must begin with yymmdd'), z.maxLength(40));
const refundIdSchema = z.string().check(z.regex(/^\d{6}_\d+_/, 'must begin with yymmdd_appid_'), z.maxLength(45));

/** Our fields of a create request (§3.3); other fields are sent as given and are not signed. */
export const createFieldsSchema = z.catchall(
  z.object({
    app_trans_id: orderIdSchema,
    app_user: z.string().check(z.minLength(1), z.maxLength(50)),
    app_time: z.int(),
    amount: z.int().check(z.minimum(1)),
    embed_data: z.string().check(z.maxLength(2048)),
    item: z.string().check(z.maxLength(2048)),
  }),
  requestValueSchema,
);
export type CreateFields = z.input<typeof createFieldsSchema>;

/** Our fields of a query (§3.4). */
export const queryFieldsSchema = z.catchall(z.object({ app_trans_id: orderIdSchema }), requestValueSchema);

/** Our fields of a refund (§3.4); a fee, where there is one, is signed too. */
export const refundFieldsSchema = z.catchall(
  z.object({
    m_refund_id: refundIdSchema,
    zp_trans_id: z.union([z.int(), z.string().check(z.regex(/^\d+$/))]),
    amount: z.int().check(z.minimum(1)),
    refund_fee_amount: z.optional(z.int().check(z.minimum(0))),
    description: z.string().check(z.minLength(1), z.maxLength(100)),
    timestamp: z.int(),
  }),
  requestValueSchema,
);

/** Our fields of a refund's query (§3.4). */
export const refundQueryFieldsSchema = z.catchall(
  z.object({ m_refund_id: refundIdSchema, timestamp: z.int() }),
  requestValueSchema,
);

/** Answers to create, query, refund and a refund's query (§3.3, §3.4), values as their literal texts. */
export const apiAnswerSchema = z.object({
  return_code: z.pipe(optionalTextSchema, resultCodeSchema),
  sub_return_code: optionalTextSchema,
  order_url: optionalTextSchema,
  is_processing: z.catch(z.boolean(), false),
  amount: optionalTextSchema,
  zp_trans_id: optionalTextSchema,
  server_time: optionalTextSchema,
  refund_id: optionalTextSchema,
});
export type ApiAnswer = z.infer<typeof apiAnswerSchema>;

/** The payment inside a query's answer; without a number its money could not be known again in the callback. */
export const queriedPaymentSchema = z.object({
  amount: amountInDongSchema,
  zp_trans_id: transactionNumberSchema.check(z.refine((number) => number !== null, 'is missing')),
  server_time: unixMsSchema,
});
