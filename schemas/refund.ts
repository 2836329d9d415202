import * as z from 'zod';
import { businessDateSchema, gatewayNameSchema, instantSchema, merchantNameSchema, paymentIdSchema } from './ids.ts';
import { amountVndSchema, positiveAmountVndSchema } from './money.ts';
import { staffCodeSchema, staffReasonSchema } from './staff-code.ts';
import { lineOfText } from './text.ts';

/** Drawn by the maker's client, so that a request which is sent twice is one refund. */
export const refundIdSchema = z
  .string()
  .regex(/^[0-9a-z]{8,20}$/, 'must be 8 to 20 small letters or digits')
  .brand<'RefundId'>()
  .meta({ id: 'RefundId', examples: ['trung2611220001'] });
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
  account: z.string().regex(/^[0-9A-Za-z]{4,30}$/, 'must be 4 to 30 letters or digits'),
  name: lineOfText(100),
  bank: lineOfText(100),
});

/** What a maker asks to be paid back. */
export const refundRequestSchema = z
  .strictObject({
    refundId: refundIdSchema,
    paymentId: paymentIdSchema,
    moneyKey: z.string().min(5).max(200).optional().meta({
      description: 'Which money, as `<gateway>#<merchant>#<identity>`; absent: the money that settled the payment',
    }),
    amountVnd: positiveAmountVndSchema,
    reason: refundReasonSchema,
    decision: lineOfText(100).optional().meta({ description: 'Số quyết định hoàn phí' }),
    way: z
      .enum(['gateway', 'transfer'])
      .default('gateway')
      .meta({ description: '`gateway` becomes a transfer by hand where the gateway has no interface for it' }),
    payee: payeeSchema.optional(),
  })
  .meta({ id: 'RefundRequest', title: 'Đề nghị hoàn phí' });
export type RefundRequest = z.infer<typeof refundRequestSchema>;

const ofRefund = { by: staffCodeSchema, paymentId: paymentIdSchema, refundId: refundIdSchema };

/** What the finance desk asks of refund-payment. */
export const refundCommandSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('request'), by: staffCodeSchema, refund: refundRequestSchema }),
    z.strictObject({ action: z.literal('approve'), ...ofRefund }),
    z.strictObject({ action: z.literal('reject'), ...ofRefund, why: staffReasonSchema }),
    z.strictObject({
      action: z.literal('record-transfer'),
      ...ofRefund,
      bankReference: lineOfText(60),
      transferredOn: businessDateSchema,
    }),
    z.strictObject({ action: z.literal('list') }),
  ])
  .meta({ id: 'RefundCommand', title: 'Lệnh về hoàn phí' });
export type RefundCommand = z.infer<typeof refundCommandSchema>;

/** One step of a refund: who did what when. Without `by` it was done by the system. */
export const refundStepSchema = z.strictObject({
  at: instantSchema,
  step: z.enum([...refundStateSchema.options, 'sent-again', 'accepted']),
  by: staffCodeSchema.optional(),
  note: z.string().max(500).optional(),
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
    decision: z.string().optional(),
    owner: z.enum(['checker', 'gateway', 'finance-desk', 'nobody']).meta({ description: 'Who must act next' }),
    waitingSince: instantSchema,
    maker: staffCodeSchema,
    checker: staffCodeSchema.optional(),
    payee: payeeSchema.optional(),
    refundRef: z.string().optional(),
    bankReference: z.string().optional(),
    transferredOn: businessDateSchema.optional(),
    resultCode: z.string().optional(),
    extent: refundExtentSchema.optional(),
    endedAt: instantSchema.optional(),
    history: z.array(refundStepSchema),
  })
  .meta({ id: 'Refund', title: 'Hoàn phí' });
export type RefundView = z.infer<typeof refundViewSchema>;
