import * as z from 'zod/mini';
import { dossierCodeSchema, procedureCodeSchema } from './codes.ts';
import {
  businessDateSchema,
  feeCodeSchema,
  gatewayNameSchema,
  instantSchema,
  lookupCodeSchema,
  payerTaxCodeSchema,
  paymentIdSchema,
  taxCodeSchema,
  unitCodeSchema,
} from './ids.ts';
import { amountVndSchema, positiveAmountVndSchema } from './money.ts';

/** `phi` = charge for a service, `le-phi` = fixed state fee. A receipt holds lines of one kind only. */
export const receiptKindSchema = z.enum(['phi', 'le-phi']);
export type ReceiptKind = z.infer<typeof receiptKindSchema>;

/** The three rule profiles of receipts law, chosen by the receipt's date. */
export const ruleProfileSchema = z.enum(['P1', 'P2', 'P3']);
export type RuleProfile = z.infer<typeof ruleProfileSchema>;

/** A collecting organisation as it is printed: name and tax code are mandatory (NĐ 254/2026 art. 23 d). */
export const collectorSchema = z.strictObject({
  /** Who has delegated the collection by written agreement: printed before the collector, and does not sign (art. 25). */
  delegator: z.optional(
    z.strictObject({ name: z.string().check(z.minLength(1), z.maxLength(400)), taxCode: taxCodeSchema }),
  ),
  unitCode: unitCodeSchema,
  name: z.string().check(z.minLength(1), z.maxLength(400)),
  taxCode: taxCodeSchema,
  address: z.string().check(z.minLength(1), z.maxLength(400)),
  phone: z.optional(z.string().check(z.maxLength(20))),
  account: z.optional(z.string().check(z.maxLength(40))),
  bank: z.optional(z.string().check(z.maxLength(400))),
  agencyCode: z.optional(z.string().check(z.maxLength(35))),
});
export type Collector = z.infer<typeof collectorSchema>;

export const receiptLineSchema = z.strictObject({
  ordinal: z.int().check(z.minimum(1), z.maximum(100)),
  feeCode: feeCodeSchema,
  name: z.string().check(z.minLength(1), z.maxLength(500)),
  budgetCode: z.optional(z.string().check(z.maxLength(10))),
  unit: z.optional(z.string().check(z.maxLength(100))),
  quantity: z.int().check(z.minimum(1)),
  unitPriceVnd: z.optional(amountVndSchema),
  amountVnd: positiveAmountVndSchema,
});
export type ReceiptLine = z.infer<typeof receiptLineSchema>;

/** The receipt that another one replaces, and why (TT 91/2026 art. 20). The reason is for everybody: no personal data. */
export const replacedReceiptSchema = z.strictObject({
  template: z.string().check(z.minLength(1), z.maxLength(20)),
  series: z.string().check(z.minLength(3), z.maxLength(8)),
  number: z.int().check(z.minimum(1), z.maximum(99_999_999)),
  issuedOn: businessDateSchema,
  reason: z.string().check(z.minLength(1), z.maxLength(255)),
});
export type ReplacedReceipt = z.infer<typeof replacedReceiptSchema>;

/**
 * Everything that is printed on a receipt, frozen when its number is taken: any later rendering of the
 * same receipt gives the same bytes, whatever the catalogue or the registry says by then.
 */
export const receiptContentSchema = z
  .strictObject({
    profile: ruleProfileSchema,
    template: z.string().check(z.regex(/^EBL0[12]$|^0[12]BLP\d-\d{3}$/)),
    series: z.string().check(z.minLength(3), z.maxLength(8)),
    number: z.int().check(z.minimum(1), z.maximum(99_999_999)),
    issuedOn: businessDateSchema,
    /** Only on a replacement. */
    replaces: z.optional(replacedReceiptSchema),
    kind: receiptKindSchema,
    collector: collectorSchema,
    payer: z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(400)),
      address: z.optional(z.string().check(z.maxLength(400))),
      taxCode: z.optional(payerTaxCodeSchema),
    }),
    lines: z.array(receiptLineSchema).check(z.minLength(1), z.maxLength(100)),
    totalVnd: positiveAmountVndSchema,
    totalInWords: z.string().check(z.minLength(1), z.maxLength(255)),
    method: z.enum(['Thanh toán trực tuyến', 'Tiền mặt', 'Chuyển khoản']),
    paymentId: paymentIdSchema,
    gateway: gatewayNameSchema,
    transactionId: z.nullable(z.string().check(z.minLength(1), z.maxLength(100))),
    paidAt: instantSchema,
    dossierCode: dossierCodeSchema,
    procedureCode: procedureCodeSchema,
    lookupCode: lookupCodeSchema,
    lookupUrl: z.url(),
    signingTime: instantSchema,
    rendererVersion: z.string().check(z.minLength(1), z.maxLength(20)),
  })
  .register(z.globalRegistry, { id: 'ReceiptContent', title: 'Nội dung biên lai' });
export type ReceiptContent = z.infer<typeof receiptContentSchema>;

/** `awaiting-signature` = cho-ky: the number is taken and stays taken, whatever becomes of the signature. */
export const receiptStateSchema = z.enum(['awaiting-signature', 'signed', 'replaced']);
export type ReceiptState = z.infer<typeof receiptStateSchema>;
