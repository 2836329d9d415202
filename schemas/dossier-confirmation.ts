import * as z from 'zod/mini';
import { dossierCodeSchema } from './codes.ts';
import {
  businessDateSchema,
  gatewayNameSchema,
  instantSchema,
  lookupCodeSchema,
  paymentIdSchema,
  taxCodeSchema,
} from './ids.ts';
import { amountVndSchema, positiveAmountVndSchema } from './money.ts';
import { receiptKindSchema, replacedReceiptSchema } from './receipt.ts';
import { refundExtentSchema, refundedMoneyClassSchema, refundIdSchema } from './refund.ts';

/** Facts that every confirmation carries; `sequence` grows within a payment, with gaps. */
const paymentFacts = {
  paymentId: paymentIdSchema,
  reference: z.string().check(z.describe("The caller's own reference of the payment request")),
  debtId: z.string(),
  chargeAmountVnd: amountVndSchema,
  paymentAmountVnd: amountVndSchema,
  sequence: z.int().check(z.minimum(1)),
};

const settledFacts = {
  ...paymentFacts,
  gateway: gatewayNameSchema,
  transactionId: z.nullable(z.string()),
  gatewayRef: z.string(),
  paidAt: instantSchema,
  settledAt: instantSchema,
  businessDate: businessDateSchema,
};

export const paymentPaidDataSchema = z.strictObject(settledFacts).register(z.globalRegistry, { id: 'PaymentPaidData' });
export const paymentExpiredDataSchema = z
  .strictObject({ ...paymentFacts, expiredAt: instantSchema })
  .register(z.globalRegistry, { id: 'PaymentExpiredData' });

/** A payment of 0 đ is at its end when it is created: the dossier may go on. */
export const nothingToPayDataSchema = z
  .strictObject({ ...paymentFacts, waivedAt: instantSchema })
  .register(z.globalRegistry, { id: 'NothingToPayData' });

const sha256Schema = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A receipt's legal identity, and how it is looked up and checked. */
const receiptFactsSchema = z.strictObject({
  template: z.string(),
  series: z.string(),
  number: z.int().check(z.minimum(1)),
  issuedOn: businessDateSchema,
  kind: receiptKindSchema,
  collectorTaxCode: taxCodeSchema,
  amountVnd: positiveAmountVndSchema,
  lookupCode: lookupCodeSchema,
  lookupUrl: z.url(),
  signed: z.boolean(),
  xmlSha256: z
    .optional(sha256Schema)
    .check(z.describe('Of the signed XML, which is the receipt; always there with `signed: true`')),
  pdfSha256: sha256Schema,
});

/** Carries the payment facts too, since streams promise order per item only. */
export const receiptIssuedDataSchema = z
  .strictObject({ ...settledFacts, receipt: receiptFactsSchema })
  .register(z.globalRegistry, { id: 'ReceiptIssuedData' });

/**
 * A receipt was wrong and another one stands in its place (TT 91/2026/TT-BTC art. 20). The replaced one was told before,
 * unless it was never signed.
 */
export const receiptReplacedDataSchema = z
  .strictObject({
    ...settledFacts,
    receipt: receiptFactsSchema,
    replaced: replacedReceiptSchema.check(z.describe('The receipt that is none any more, of the same collector')),
  })
  .register(z.globalRegistry, { id: 'ReceiptReplacedData' });

/**
 * Money went back to the payer. `money` says which: only that of the settlement paid the fee, so a refund of any other
 * money leaves the fee paid.
 */
export const paymentRefundedDataSchema = z
  .strictObject({
    ...paymentFacts,
    refund: z.strictObject({
      refundId: refundIdSchema,
      amountVnd: positiveAmountVndSchema,
      refundedAt: instantSchema,
      extent: refundExtentSchema.check(z.describe('`full`: all of that money is back, earlier refunds included')),
      money: refundedMoneyClassSchema,
      gateway: gatewayNameSchema,
      transactionId: z.nullable(z.string()),
    }),
  })
  .register(z.globalRegistry, { id: 'PaymentRefundedData' });

export const eventTypes = {
  paymentPaid: 'vn.bienlai.payment.paid.v1',
  paymentExpired: 'vn.bienlai.payment.expired.v1',
  nothingToPay: 'vn.bienlai.payment.nothing-to-pay.v1',
  receiptIssued: 'vn.bienlai.receipt.issued.v1',
  receiptReplaced: 'vn.bienlai.receipt.replaced.v1',
  paymentRefunded: 'vn.bienlai.payment.refunded.v1',
} as const;
export type EventType = (typeof eventTypes)[keyof typeof eventTypes];

/** CloudEvents 1.0 envelope in JSON format; `id` is stable for ever, so the reader deduplicates by it. */
function envelope<Type extends string, Data extends z.ZodMiniType>(name: string, type: Type, data: Data) {
  return z
    .strictObject({
      specversion: z.literal('1.0'),
      id: z.uuid(),
      source: z.literal('/bien-lai/payments'),
      type: z.literal(type),
      subject: dossierCodeSchema,
      time: instantSchema,
      datacontenttype: z.literal('application/json'),
      data,
    })
    .register(z.globalRegistry, { id: name });
}

/** A message on the dossier queue. One event concerns one charge; its subject is the dossier's code. */
export const dossierConfirmationSchema = z
  .discriminatedUnion('type', [
    envelope('PaymentPaid', eventTypes.paymentPaid, paymentPaidDataSchema),
    envelope('PaymentExpired', eventTypes.paymentExpired, paymentExpiredDataSchema),
    envelope('NothingToPay', eventTypes.nothingToPay, nothingToPayDataSchema),
    envelope('ReceiptIssued', eventTypes.receiptIssued, receiptIssuedDataSchema),
    envelope('ReceiptReplaced', eventTypes.receiptReplaced, receiptReplacedDataSchema),
    envelope('PaymentRefunded', eventTypes.paymentRefunded, paymentRefundedDataSchema),
  ])
  .register(z.globalRegistry, { id: 'DossierConfirmation', title: 'Xác nhận gửi hệ thống hồ sơ' });
export type DossierConfirmation = z.infer<typeof dossierConfirmationSchema>;
