import * as z from 'zod/mini';
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
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The raw query or body as received, up to 8 KiB. */
  raw: z.optional(z.string()),
  /** Where a longer message lies in the evidence bucket. */
  archivedAs: z.optional(z.string()),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** One payment of verified money, as the gateway told it. */
export const moneySchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  gatewayRef: z.nullable(z.string()),
  transactionId: z.nullable(z.string()),
  /** The gateway's `identityOf`: equal for callback, query and statement. */
  identity: z.string().check(z.minLength(1)),
  amountVnd: amountVndSchema,
  resultCode: z.string(),
  bankCode: z.optional(z.string()),
  /** By the gateway's clock; by ours where the gateway's time was unreadable. */
  paidAt: instantSchema,
  /** Day of `paidAt` in Asia/Ho_Chi_Minh: the day on which the gateway's statement lists it. */
  businessDate: businessDateSchema,
  evidence: evidenceSchema,
});
export type Money = z.infer<typeof moneySchema>;

export const settlementSchema = z.extend(moneySchema, {
  attempt: attemptNumberSchema,
  settledAt: instantSchema,
});
export type Settlement = z.infer<typeof settlementSchema>;

export const attemptSchema = z.strictObject({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  /** The exact text sent to the gateway, stored before the gateway is called. */
  gatewayRef: z.string().check(z.minLength(1)),
  requestId: z.string().check(z.minLength(1)),
  openedAt: instantSchema,
  /** After this the gateway takes no money for the attempt; a new one may be opened. */
  expiresAt: instantSchema,
  outcome: z.enum(attemptOutcomes),
  // How the citizen goes on: one of these, absent until the gateway has given it.
  redirectUrl: z.optional(z.string()),
  form: z.optional(paymentFormSchema),
  transfer: z.optional(bankTransferSchema),
  /** Where the citizen goes back to after our return page. */
  returnUrl: z.optional(z.string()),
  resultCode: z.optional(z.string()),
  /** Money that the gateway took but flags as doubtful. */
  held: z.optional(moneySchema),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** How the citizen goes on after an attempt was opened: to an address, by a form, or with a transfer. */
export type NextStep =
  | Required<Pick<Attempt, 'redirectUrl'>>
  | Required<Pick<Attempt, 'form'>>
  | Required<Pick<Attempt, 'transfer'>>;

/** What of a payment of money is asked back, with what was paid back, and what was paid back alone (refund.ts). */
const refundSums = { refundReservedVnd: z.optional(amountVndSchema), refundedVnd: z.optional(amountVndSchema) };

const historyEntrySchema = z.strictObject({ at: instantSchema, code: z.optional(z.string()) });

/**
 * What changes about a payment. The history is a map keyed by `<attempt>.<news>` or by the state reached, so the
 * same news is written once however often it comes, and 99 attempts bound its size.
 */
export const paymentSchema = z.strictObject({
  paymentId: paymentIdSchema,
  state: z.enum(paymentStates),
  amountVnd: amountVndSchema,
  client: z.string().check(z.minLength(1)),
  reference: z.string().check(z.minLength(1)),
  claims: z.array(z.strictObject({ dossierCode: dossierCodeSchema, debtId: debtIdSchema })),
  attempts: z.record(attemptNumberSchema, attemptSchema),
  settlement: z.optional(settlementSchema),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  expiredAt: z.optional(instantSchema),
  /** When the sweep must look at this payment; absent when it owes nothing. */
  dueAt: z.optional(instantSchema),
  /** When a reader of this payment last made us ask its gateways. */
  lastAskedAt: z.optional(instantSchema),
  /** Of the settlement. */
  ...refundSums,
  /** How many refunds the payment has had, of whichever money. */
  refundCount: z.optional(z.int().check(z.minimum(1))),
  history: z.record(z.string(), historyEntrySchema),
  version: z.int().check(z.minimum(1)),
});
export type Payment = z.infer<typeof paymentSchema>;

/** Other verified money for a payment, kept beside it with its class and owner until a person ends it. */
export const keptMoneySchema = z.extend(moneySchema, {
  paymentId: paymentIdSchema,
  moneyClass: z.enum(['wrong-amount', 'surplus', 'after-cancel', 'claim-held-elsewhere']),
  owner: z.string().check(z.minLength(1)),
  keptAt: instantSchema,
  ...refundSums,
});
export type KeptMoney = z.infer<typeof keptMoneySchema>;

/** Verified money, or an authentic message that may mean money, which names no payment of ours. */
export const suspendedMoneySchema = z.extend(moneySchema, {
  amountVnd: z.nullable(amountVndSchema),
  suspenseClass: z.enum(['unknown-order', 'foreign-account', 'unreadable']),
  owner: z.string().check(z.minLength(1)),
  keptAt: instantSchema,
});
export type SuspendedMoney = z.infer<typeof suspendedMoneySchema>;
