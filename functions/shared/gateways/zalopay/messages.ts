import * as z from 'zod';
import { optionalTextSchema } from '../json-literals.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { orderRefSchema, requestValueSchema, resultCodeSchema, transactionNumberSchema } from '../wire-fields.ts';
import { unixMsSchema } from '../wire-times.ts';

/** The callback (§3.1). `type` stands outside the mac, so it is left aside. */
export const callbackSchema = z.object({
  data: z.string('must be a text, since the mac covers its characters'),
  mac: z.string().default(''),
});

const orderSchema = optionalTextSchema.pipe(orderRefSchema);
const transactionSchema = optionalTextSchema.pipe(transactionNumberSchema);
const serverTimeSchema = optionalTextSchema.pipe(unixMsSchema);
const appIdSchema = optionalTextSchema.pipe(z.string().min(1, 'is missing').max(20, 'must be at most 20 characters'));

/** What `data` must say to be used. */
export const paymentSchema = z.object({
  app_id: appIdSchema,
  app_trans_id: orderSchema,
  zp_trans_id: transactionSchema,
  amount: optionalTextSchema.pipe(amountInDongSchema),
  server_time: serverTimeSchema,
});

/** What a person is told of authentic `data` that cannot be used: each fact by itself. */
export const readableFactsSchema = z
  .object({
    app_trans_id: orderSchema.nullable().catch(null),
    zp_trans_id: transactionSchema.catch(null),
    server_time: serverTimeSchema.catch(null),
  })
  .catch({ app_trans_id: null, zp_trans_id: null, server_time: null });

/** What the address that the browser came back to must say to be shown (§3.4). */
export const returnSchema = z.object({
  appid: appIdSchema,
  apptransid: orderRefSchema,
  amount: amountInDongSchema,
  status: resultCodeSchema,
});

/** Begins with the Vietnamese day of its making, which ZaloPay checks (§3.3). */
const orderIdSchema = z
  .string()
  .regex(/^\d{6}/, 'must begin with yymmdd')
  .max(40);
const refundIdSchema = z
  .string()
  .regex(/^\d{6}_\d+_/, 'must begin with yymmdd_appid_')
  .max(45);

/** Our fields of a create request (§3.3); other fields are sent as given and are not signed. */
export const createFieldsSchema = z
  .object({
    app_trans_id: orderIdSchema,
    app_user: z.string().min(1).max(50),
    app_time: z.int(),
    amount: z.int().min(1),
    embed_data: z.string().max(2048),
    item: z.string().max(2048),
  })
  .catchall(requestValueSchema);
export type CreateFields = z.input<typeof createFieldsSchema>;

/** Our fields of a query (§3.4). */
export const queryFieldsSchema = z.object({ app_trans_id: orderIdSchema }).catchall(requestValueSchema);

/** Our fields of a refund (§3.4); a fee, where there is one, is signed too. */
export const refundFieldsSchema = z
  .object({
    m_refund_id: refundIdSchema,
    zp_trans_id: z.union([z.int(), z.string().regex(/^\d+$/)]),
    amount: z.int().min(1),
    refund_fee_amount: z.int().min(0).optional(),
    description: z.string().min(1).max(100),
    timestamp: z.int(),
  })
  .catchall(requestValueSchema);

/** Our fields of a refund's query (§3.4). */
export const refundQueryFieldsSchema = z
  .object({ m_refund_id: refundIdSchema, timestamp: z.int() })
  .catchall(requestValueSchema);

/** Answers to create, query, refund and a refund's query (§3.3, §3.4), values as their literal texts. */
export const apiAnswerSchema = z.object({
  return_code: optionalTextSchema.pipe(resultCodeSchema),
  sub_return_code: optionalTextSchema,
  order_url: optionalTextSchema,
  is_processing: z.boolean().catch(false),
  amount: optionalTextSchema,
  zp_trans_id: optionalTextSchema,
  server_time: optionalTextSchema,
  refund_id: optionalTextSchema,
});
export type ApiAnswer = z.infer<typeof apiAnswerSchema>;

/** The payment inside a query's answer; without a number its money could not be known again in the callback. */
export const queriedPaymentSchema = z.object({
  amount: amountInDongSchema,
  zp_trans_id: transactionNumberSchema.refine((number) => number !== null, 'is missing'),
  server_time: unixMsSchema,
});
