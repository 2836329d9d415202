import * as z from 'zod/mini';
import { businessDateSchema, gatewayNameSchema, instantSchema, merchantNameSchema, paymentIdSchema } from './ids.ts';
import { amountVndSchema, positiveAmountVndSchema } from './money.ts';
import { pageSchemaOf } from './page.ts';
import { staffCodeSchema, staffReasonSchema } from './staff-code.ts';
import { lineOfText } from './text.ts';

/** Drawn by the maker's client, so that a request which is sent twice is one refund. */
export const refundIdSchema = z
  .string()
  .check(z.regex(/^[0-9a-z]{8,20}$/, 'must be 8 to 20 small letters or digits'))
  .brand<'RefundId'>()
  .register(z.globalRegistry, { id: 'RefundId', examples: ['trung2611220001'] });
export type RefundId = z.infer<typeof refundIdSchema>;

/**
 * - `proposed`: reserved, and waits for a second person;
 * - `approved`: the gateway will be asked;
 * - `requested`: the gateway was asked, and what it did is not known for certain;
 * - `manual-transfer`: a person must transfer the money;
 * - `refunded`, `rejected`: at an end;
 * - `failed`: refused for certain, the reserve is free again, a person must say how it goes on.
 */
export const refundStateSchema = z.enum([
  'proposed',
  'approved',
  'requested',
  'manual-transfer',
  'refunded',
  'failed',
  'rejected',
]);
export type RefundState = z.infer<typeof refundStateSchema>;

/** `settlement`: the money that paid the fee; the others are other money that is kept beside the payment. */
export const refundedMoneyClassSchema = z.enum([
  'settlement',
  'wrong-amount',
  'surplus',
  'after-cancel',
  'claim-held-elsewhere',
]);

/** Whether all of the money is back, with what was paid back of it before. */
export const refundExtentSchema = z.enum(['full', 'partial']);

/** Trùng (paid twice), lệch tiền (wrong amount), sau hủy (after cancelling), từ chối hồ sơ (dossier refused), khác (other). */
export const refundReasonSchema = z.enum(['TRUNG', 'LECH_TIEN', 'SAU_HUY', 'TU_CHOI', 'KHAC']);

/** Where a manual transfer goes, as the payer gave it. Personal data: shown to finance staff, never logged. */
const payeeSchema = z.strictObject({
  account: z.string().check(z.regex(/^[0-9A-Za-z]{4,30}$/, 'must be 4 to 30 letters or digits')),
  name: lineOfText(100),
  bank: lineOfText(100),
});

/** What a maker asks to be paid back. */
export const refundRequestSchema = z
  .strictObject({
    refundId: refundIdSchema,
    paymentId: paymentIdSchema,
    moneyKey: z
      .optional(z.string().check(z.minLength(5), z.maxLength(200)))
      .check(
        z.describe('Which money, as `<gateway>#<merchant>#<identity>`; absent: the money that settled the payment'),
      ),
    amountVnd: positiveAmountVndSchema,
    reason: refundReasonSchema,
    decision: z.optional(lineOfText(100)).check(z.describe('Số quyết định hoàn phí')),
    way: z
      ._default(z.enum(['gateway', 'transfer']), 'gateway')
      .check(z.describe('`gateway` becomes a transfer by hand where the gateway has no interface for it')),
    payee: z.optional(payeeSchema),
  })
  .register(z.globalRegistry, { id: 'RefundRequest', title: 'Đề nghị hoàn phí' });
export type RefundRequest = z.infer<typeof refundRequestSchema>;

/** What names a refund: ids are unique within their payment. */
export const refundNameSchema = z.object({ paymentId: paymentIdSchema, refundId: refundIdSchema });

/** The proof that the money was transferred. */
export const refundTransferSchema = z
  .strictObject({ bankReference: lineOfText(60), transferredOn: businessDateSchema })
  .register(z.globalRegistry, { id: 'RefundTransfer', title: 'Chứng từ chuyển khoản hoàn phí' });

const ofRefund = { by: staffCodeSchema, ...refundNameSchema.shape };

/** What the finance desk asks of refund-payment. */
export const refundCommandSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('request'), by: staffCodeSchema, refund: refundRequestSchema }),
    z.strictObject({ action: z.literal('approve'), ...ofRefund }),
    z.strictObject({ action: z.literal('reject'), ...ofRefund, why: staffReasonSchema }),
    z.strictObject({
      action: z.literal('record-transfer'),
      ...ofRefund,
      ...refundTransferSchema.shape,
    }),
    z.strictObject({ action: z.literal('list') }),
  ])
  .register(z.globalRegistry, { id: 'RefundCommand', title: 'Lệnh về hoàn phí' });
export type RefundCommand = z.infer<typeof refundCommandSchema>;

/** One step of a refund: who did what when. Without `by` it was done by the system. */
export const refundStepSchema = z.strictObject({
  at: instantSchema,
  step: z.enum([...refundStateSchema.options, 'sent-again', 'accepted']),
  by: z.optional(staffCodeSchema),
  note: z.optional(z.string().check(z.maxLength(500))),
});

/** A refund as finance staff see it. */
export const refundViewSchema = z
  .strictObject({
    refundId: refundIdSchema,
    paymentId: paymentIdSchema,
    state: refundStateSchema,
    amountVnd: positiveAmountVndSchema,
    moneyKey: z.string(),
    moneyClass: refundedMoneyClassSchema,
    paidVnd: amountVndSchema,
    gateway: gatewayNameSchema,
    merchant: merchantNameSchema,
    reason: refundReasonSchema,
    decision: z.optional(z.string()),
    owner: z.enum(['checker', 'gateway', 'finance-desk', 'nobody']).check(z.describe('Who must act next')),
    waitingSince: instantSchema,
    maker: staffCodeSchema,
    checker: z.optional(staffCodeSchema),
    payee: z.optional(payeeSchema),
    refundRef: z.optional(z.string()),
    bankReference: z.optional(z.string()),
    transferredOn: z.optional(businessDateSchema),
    resultCode: z.optional(z.string()),
    extent: z.optional(refundExtentSchema),
    endedAt: z.optional(instantSchema),
    history: z.array(refundStepSchema),
  })
  .register(z.globalRegistry, { id: 'Refund', title: 'Hoàn phí' });
export type RefundView = z.infer<typeof refundViewSchema>;

export const refundPageSchema = pageSchemaOf(refundViewSchema).register(z.globalRegistry, { id: 'RefundPage' });
