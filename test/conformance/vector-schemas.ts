import * as z from 'zod';
import { businessDateSchema } from '#schemas/ids.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A list means: any of these. */
const expectation = z.union([scalar, z.array(scalar)]);

const callbackVector = z.object({
  name: z.string(),
  gateway: z.string(),
  secrets: z.unknown().optional(),
  context: z.object({
    orders: z.array(z.object({ ref: z.string(), amountVnd: z.number(), state: z.enum(['pending', 'paid']) })),
    seenGatewayTxnIds: z.array(z.string()).default([]),
  }),
  /** The receiver's clock in Unix seconds, where it matters. */
  now: z.number().default(0),
  request: z.object({
    method: z.string(),
    query: z.string().nullish(),
    headers: z.record(z.string(), z.string()),
    body: z.string().nullish(),
  }),
  expected: z.object({
    verified: expectation,
    outcome: expectation,
    orderRef: expectation,
    gatewayTxnId: expectation,
    amountVnd: expectation,
    paidAt: z.string().nullable(),
    ack: z.object({
      status: expectation,
      json: z.record(z.string(), expectation).default({}),
      /** The whole body, of an answer that is no JSON. */
      text: expectation.optional(),
    }),
  }),
});
export type CallbackVector = z.infer<typeof callbackVector>;

const requestVector = z.object({
  name: z.string(),
  gateway: z.string(),
  operation: z.string(),
  secrets: z.unknown().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  expected: z.looseObject({
    url: z.string().optional(),
    signedText: z.string().optional(),
    signature: z.string().optional(),
    body: z.record(z.string(), scalar).optional(),
  }),
});
export type RequestVector = z.infer<typeof requestVector>;

const amountVector = z.object({ amount: z.number(), words: z.string(), wordsChan: z.string().optional() });
export type AmountVector = z.infer<typeof amountVector>;

const dossierCodeVector = z.discriminatedUnion('valid', [
  z.object({
    code: z.string(),
    valid: z.literal(true),
    form: z.string(),
    agency: z.string(),
    date: z.string(),
    sequence: z.number(),
    compact: z.string(),
  }),
  z.object({ code: z.string(), valid: z.literal(false), reason: z.string() }),
]);
export type DossierCodeVector = z.infer<typeof dossierCodeVector>;

/** Callbacks as they arrive, and requests as they must leave. */
export const gatewayFileSchema = z.object({
  vectors: z.array(callbackVector).default([]),
  outbound: z.array(requestVector).default([]),
});
export type GatewayFile = z.infer<typeof gatewayFileSchema>;

export const amountFileSchema = z.object({ vectors: z.array(amountVector) });
export type AmountFile = z.infer<typeof amountFileSchema>;

/** Codes of dossiers and procedures, as read on the day `clock` in one province. */
export const dossierCodeFileSchema = z.object({
  clock: businessDateSchema,
  province: z.string(),
  vectors: z.array(dossierCodeVector).default([]),
  procedureCodes: z.array(z.object({ code: z.string(), valid: z.boolean() })).default([]),
});
export type DossierCodeFile = z.infer<typeof dossierCodeFileSchema>;
