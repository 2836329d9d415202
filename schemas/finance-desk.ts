import * as z from 'zod/mini';
import { procedureCodeSchema } from './codes.ts';
import {
  businessDateSchema,
  gatewayNameSchema,
  instantSchema,
  merchantNameSchema,
  paymentIdSchema,
  taxCodeSchema,
  unitCodeSchema,
} from './ids.ts';
import { amountVndSchema } from './money.ts';
import { pageSchemaOf } from './page.ts';
import { payerSchema } from './payment-request.ts';
import { paymentViewSchema, receiptViewSchema } from './payment-view.ts';
import { collectorSchema, receiptContentSchema } from './receipt.ts';
import { refundedMoneyClassSchema } from './refund.ts';
import { staffCodeSchema } from './staff-code.ts';
import { staffRoleSchema } from './staff-role.ts';

/** Who is signed in, for pages that show no button in vain. */
export const signedInSchema = z
  .strictObject({
    staff: staffCodeSchema,
    roles: z.array(staffRoleSchema),
    actions: z.array(z.string()).check(z.describe('What these roles may do, as `refund:approve`')),
  })
  .register(z.globalRegistry, { id: 'SignedIn', title: 'Người đang đăng nhập' });
export type SignedIn = z.infer<typeof signedInSchema>;

/** Which accounts and units the stage is configured with. It is changed in `config/<stage>/`, never here. */
export const configurationViewSchema = z
  .strictObject({
    stage: z.enum(['dev', 'prod']),
    accounts: z.array(
      z.strictObject({
        gateway: gatewayNameSchema,
        merchant: merchantNameSchema,
        label: z.string(),
        default: z.boolean(),
        units: z.array(unitCodeSchema),
      }),
    ),
    units: z.array(
      z.strictObject({
        unitCode: unitCodeSchema,
        name: z.string(),
        taxCode: taxCodeSchema,
        validFrom: businessDateSchema,
        validTo: z.optional(businessDateSchema),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'Configuration', title: 'Cấu hình' });
export type ConfigurationView = z.infer<typeof configurationViewSchema>;

/** A payer as finance staff need it: not how to write to them. */
const shownPayerSchema = z.omit(payerSchema, { email: true });

const shownFeeSchema = z.strictObject({
  unitCode: unitCodeSchema,
  feeCode: z.string(),
  name: z.string(),
  kind: z.enum(['phi', 'le-phi', 'thue']),
  quantity: z.int(),
  amountVnd: amountVndSchema,
});

/** One payment of verified money, under the name that a refund of it gives. */
const shownMoneySchema = z.strictObject({
  moneyKey: z.string(),
  moneyClass: refundedMoneyClassSchema,
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  transactionId: z.nullable(z.string()),
  gatewayRef: z.nullable(z.string()),
  amountVnd: amountVndSchema,
  reservedVnd: amountVndSchema.check(z.describe('Asked back, with what was paid back already')),
  refundedVnd: amountVndSchema,
  paidAt: instantSchema,
  businessDate: businessDateSchema,
});

/** A payment as the dossier system sees it, with what finance staff work by: payers, fees, and every payment of money. */
export const financePaymentSchema = z
  .extend(paymentViewSchema, {
    client: z.string(),
    charges: z.array(
      z.strictObject({
        dossierCode: z.string(),
        procedureCode: procedureCodeSchema,
        debtId: z.string(),
        amountVnd: amountVndSchema,
        payer: shownPayerSchema,
        feeLines: z.array(shownFeeSchema),
      }),
    ),
    money: z.array(shownMoneySchema),
    dueAt: z.optional(instantSchema).check(z.describe('When the sweep looks at it; absent when it owes nothing')),
  })
  .register(z.globalRegistry, { id: 'FinancePayment', title: 'Thanh toán, cho cán bộ tài vụ' });
export type FinancePayment = z.infer<typeof financePaymentSchema>;

export const financePaymentPageSchema = pageSchemaOf(financePaymentSchema).register(z.globalRegistry, {
  id: 'FinancePaymentPage',
});

/** A receipt with its payer and lines; document addresses hold for five minutes. */
export const financeReceiptSchema = z
  .extend(receiptViewSchema, {
    paymentId: paymentIdSchema,
    collector: collectorSchema,
    payer: receiptContentSchema.shape.payer,
    lines: receiptContentSchema.shape.lines,
    fault: z.optional(z.string()).check(z.describe('Why it cannot be finished without a person')),
  })
  .register(z.globalRegistry, { id: 'FinanceReceipt', title: 'Biên lai, cho cán bộ tài vụ' });
export type FinanceReceipt = z.infer<typeof financeReceiptSchema>;

export const financeReceiptPageSchema = pageSchemaOf(financeReceiptSchema).register(z.globalRegistry, {
  id: 'FinanceReceiptPage',
});
