import * as z from 'zod';
import { debtIdSchema, dossierCodeSchema } from '#schemas/codes.ts';
import {
  attemptNumberSchema,
  businessDateSchema,
  gatewayNameSchema,
  instantSchema,
  merchantNameSchema,
  paymentIdSchema,
} from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import { bankTransferSchema, paymentFormSchema } from '#schemas/payment-step.ts';
import { attemptOutcomes, paymentStates } from './states.ts';

/** What proves a piece of verified news: the digest always, the message itself while the law lets us keep it. */
export const evidenceSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The raw query or body as received, up to 8 KiB. */
  raw: z.string().optional(),
  /** Where a longer message lies in the evidence bucket. */
  archivedAs: z.string().optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** One payment of verified money, as the gateway told it. */
export const moneySchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  gatewayRef: z.string().nullable(),
  transactionId: z.string().nullable(),
  /** The gateway's `identityOf`: equal for callback, query and statement. */
  identity: z.string().min(1),
  amountVnd: amountVndSchema,
  resultCode: z.string(),
  bankCode: z.string().optional(),
  /** By the gateway's clock; by ours where the gateway's time was unreadable. */
  paidAt: instantSchema,
  /** Day of `paidAt` in Asia/Ho_Chi_Minh: the day on which the gateway's statement lists it. */
  businessDate: businessDateSchema,
  evidence: evidenceSchema,
});
export type Money = z.infer<typeof moneySchema>;

export const settlementSchema = moneySchema.extend({
  attempt: attemptNumberSchema,
  settledAt: instantSchema,
});
export type Settlement = z.infer<typeof settlementSchema>;

export const attemptSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  /** The exact text sent to the gateway, stored before the gateway is called. */
  gatewayRef: z.string().min(1),
  requestId: z.string().min(1),
  openedAt: instantSchema,
  /** After this the gateway takes no money for the attempt; a new one may be opened. */
  expiresAt: instantSchema,
  outcome: z.enum(attemptOutcomes),
  // How the citizen goes on: one of these, absent until the gateway has given it.
  redirectUrl: z.string().optional(),
  form: paymentFormSchema.optional(),
  transfer: bankTransferSchema.optional(),
  /** Where the citizen goes back to after our return page. */
  returnUrl: z.string().optional(),
  resultCode: z.string().optional(),
  /** Money that the gateway took but flags as doubtful. */
  held: moneySchema.optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** How the citizen goes on after an attempt was opened: to an address, by a form, or with a transfer. */
export type NextStep =
  | Required<Pick<Attempt, 'redirectUrl'>>
  | Required<Pick<Attempt, 'form'>>
  | Required<Pick<Attempt, 'transfer'>>;

/** What of a payment of money is asked back, with what was paid back, and what was paid back alone (refund.ts). */
const refundSums = { refundReservedVnd: amountVndSchema.optional(), refundedVnd: amountVndSchema.optional() };

const historyEntrySchema = z.strictObject({ at: instantSchema, code: z.string().optional() });

/**
 * What changes about a payment. The history is a map keyed by `<attempt>.<news>` or by the state reached, so the
 * same news is written once however often it comes, and 99 attempts bound its size.
 */
export const paymentSchema = z.strictObject({
  paymentId: paymentIdSchema,
  state: z.enum(paymentStates),
  amountVnd: amountVndSchema,
  client: z.string().min(1),
  reference: z.string().min(1),
  claims: z.array(z.strictObject({ dossierCode: dossierCodeSchema, debtId: debtIdSchema })),
  attempts: z.record(attemptNumberSchema, attemptSchema),
  settlement: settlementSchema.optional(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  expiredAt: instantSchema.optional(),
  /** When the sweep must look at this payment; absent when it owes nothing. */
  dueAt: instantSchema.optional(),
  /** When a reader of this payment last made us ask its gateways. */
  lastAskedAt: instantSchema.optional(),
  /** Of the settlement. */
  ...refundSums,
  /** How many refunds the payment has had, of whichever money. */
  refundCount: z.number().int().min(1).optional(),
  history: z.record(z.string(), historyEntrySchema),
  version: z.number().int().min(1),
});
export type Payment = z.infer<typeof paymentSchema>;

/** Other verified money for a payment, kept beside it with its class and owner until a person ends it. */
export const keptMoneySchema = moneySchema.extend({
  paymentId: paymentIdSchema,
  moneyClass: z.enum(['wrong-amount', 'surplus', 'after-cancel', 'claim-held-elsewhere']),
  owner: z.string().min(1),
  keptAt: instantSchema,
  ...refundSums,
});
export type KeptMoney = z.infer<typeof keptMoneySchema>;

/** Verified money, or an authentic message that may mean money, which names no payment of ours. */
export const suspendedMoneySchema = moneySchema
  .extend({
    suspenseClass: z.enum(['unknown-order', 'foreign-account', 'unreadable']),
    owner: z.string().min(1),
    keptAt: instantSchema,
  })
  .extend({ amountVnd: amountVndSchema.nullable() });
export type SuspendedMoney = z.infer<typeof suspendedMoneySchema>;
