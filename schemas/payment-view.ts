import * as z from 'zod/mini';
import { debtIdSchema, dossierCodeSchema, procedureCodeSchema } from './codes.ts';
import {
  attemptNumberSchema,
  businessDateSchema,
  gatewayNameSchema,
  instantSchema,
  lookupCodeSchema,
  merchantNameSchema,
  paymentIdSchema,
  taxCodeSchema,
} from './ids.ts';
import { amountVndSchema } from './money.ts';
import { bankTransferSchema, paymentFormSchema } from './payment-step.ts';
import { receiptContentSchema, receiptKindSchema, receiptStateSchema } from './receipt.ts';
import { refundedMoneyClassSchema, refundIdSchema, refundStateSchema } from './refund.ts';

/** What a payment came to so far. */
export const paymentStateSchema = z
  .enum(['open', 'paid', 'expired', 'cancelled', 'waived'])
  .register(z.globalRegistry, { id: 'PaymentState', description: '`waived`: nothing was to be paid' });

/** An attempt to pay at one gateway. */
export const attemptViewSchema = z
  .strictObject({
    attempt: attemptNumberSchema,
    gateway: gatewayNameSchema,
    merchant: merchantNameSchema,
    gatewayRef: z.string(),
    outcome: z.enum(['started', 'failed', 'review', 'succeeded']),
    openedAt: instantSchema,
    expiresAt: instantSchema,
    redirectUrl: z.optional(z.url()).check(z.describe('Send the citizen’s browser here')),
    form: z.optional(paymentFormSchema),
    transfer: z.optional(bankTransferSchema),
    resultCode: z.optional(z.string()),
  })
  .register(z.globalRegistry, { id: 'Attempt', title: 'Lượt thanh toán' });
export type AttemptView = z.infer<typeof attemptViewSchema>;

const documentViewSchema = z.strictObject({ url: z.url(), sha256: z.string() });

const otherReceiptSchema = z.pick(receiptContentSchema, { template: true, series: true, number: true, issuedOn: true });

export const receiptViewSchema = z
  .strictObject({
    template: z.string(),
    series: z.string(),
    number: z.int().check(z.minimum(1)),
    kind: receiptKindSchema,
    state: receiptStateSchema,
    issuedOn: businessDateSchema,
    dossierCode: dossierCodeSchema,
    collectorTaxCode: taxCodeSchema,
    amountVnd: amountVndSchema,
    lookupCode: lookupCodeSchema,
    signedAt: z.optional(instantSchema),
    xml: z.optional(documentViewSchema).check(z.describe('The signed XML, which is the receipt')),
    pdf: z.optional(documentViewSchema).check(z.describe('The signed page that renders it')),
    replaces: z.optional(otherReceiptSchema).check(z.describe('The wrong receipt in whose place it stands')),
    replacedBy: z.optional(otherReceiptSchema).check(z.describe('With state `replaced`: the receipt that stands now')),
  })
  .register(z.globalRegistry, { id: 'ReceiptView', title: 'Biên lai' });
export type ReceiptView = z.infer<typeof receiptViewSchema>;

const paymentRefundSchema = z.strictObject({
  refundId: refundIdSchema,
  state: refundStateSchema,
  amountVnd: amountVndSchema,
  money: refundedMoneyClassSchema,
  requestedAt: instantSchema,
  refundedAt: z.optional(instantSchema),
});

/** Answer of `POST /v1/payments` and `GET /v1/payments/{paymentId}`. Document addresses hold for five minutes. */
export const paymentViewSchema = z
  .strictObject({
    paymentId: paymentIdSchema,
    reference: z.string(),
    state: paymentStateSchema,
    amountVnd: amountVndSchema,
    createdAt: instantSchema,
    expiresAt: instantSchema,
    charges: z.array(
      z.strictObject({
        dossierCode: dossierCodeSchema,
        procedureCode: procedureCodeSchema,
        debtId: debtIdSchema,
        amountVnd: amountVndSchema,
      }),
    ),
    attempts: z.array(attemptViewSchema),
    settlement: z.optional(
      z.strictObject({
        gateway: gatewayNameSchema,
        transactionId: z.nullable(z.string()),
        paidAt: instantSchema,
        settledAt: instantSchema,
        businessDate: businessDateSchema,
      }),
    ),
    otherMoney: z
      .array(
        z.strictObject({
          gateway: gatewayNameSchema,
          moneyClass: z.string(),
          amountVnd: amountVndSchema,
          keptAt: instantSchema,
          refundedVnd: amountVndSchema,
        }),
      )
      .check(z.describe('Real money that did not settle this payment and waits for a person')),
    refundedVnd: amountVndSchema.check(z.describe('What was paid back of the money that settled this payment')),
    refunds: z.array(paymentRefundSchema).check(z.describe('Of any money of this payment, first asked for first')),
    receipts: z.array(receiptViewSchema),
  })
  .register(z.globalRegistry, { id: 'Payment', title: 'Thanh toán' });
export type PaymentView = z.infer<typeof paymentViewSchema>;
