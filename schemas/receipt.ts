import * as z from 'zod';
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
  unitCode: unitCodeSchema,
  name: z.string().min(1).max(400),
  taxCode: taxCodeSchema,
  address: z.string().min(1).max(400),
  phone: z.string().max(20).optional(),
  account: z.string().max(40).optional(),
  bank: z.string().max(400).optional(),
  agencyCode: z.string().max(35).optional(),
});
export type Collector = z.infer<typeof collectorSchema>;

export const receiptLineSchema = z.strictObject({
  ordinal: z.number().int().min(1).max(100),
  feeCode: feeCodeSchema,
  name: z.string().min(1).max(500),
  budgetCode: z.string().max(10).optional(),
  unit: z.string().max(100).optional(),
  quantity: z.number().int().min(1),
  unitPriceVnd: amountVndSchema.optional(),
  amountVnd: positiveAmountVndSchema,
});
export type ReceiptLine = z.infer<typeof receiptLineSchema>;

/**
 * Everything that is printed on a receipt, frozen when its number is taken: any later rendering of the
 * same receipt gives the same bytes, whatever the catalogue or the registry says by then.
 */
export const receiptContentSchema = z
  .strictObject({
    profile: ruleProfileSchema,
    template: z.string().regex(/^EBL0[12]$|^0[12]BLP\d-\d{3}$/),
    series: z.string().min(3).max(8),
    number: z.number().int().min(1).max(99_999_999),
    issuedOn: businessDateSchema,
    kind: receiptKindSchema,
    collector: collectorSchema,
    payer: z.strictObject({
      name: z.string().min(1).max(400),
      address: z.string().max(400).optional(),
      taxCode: payerTaxCodeSchema.optional(),
    }),
    lines: z.array(receiptLineSchema).min(1).max(100),
    totalVnd: positiveAmountVndSchema,
    totalInWords: z.string().min(1).max(255),
    method: z.enum(['Thanh toán trực tuyến', 'Tiền mặt', 'Chuyển khoản']),
    paymentId: paymentIdSchema,
    gateway: gatewayNameSchema,
    transactionId: z.string().min(1).max(100).nullable(),
    paidAt: instantSchema,
    dossierCode: dossierCodeSchema,
    procedureCode: procedureCodeSchema,
    lookupCode: lookupCodeSchema,
    lookupUrl: z.url(),
    signingTime: instantSchema,
    rendererVersion: z.string().min(1).max(20),
  })
  .meta({ id: 'ReceiptContent', title: 'Nội dung biên lai' });
export type ReceiptContent = z.infer<typeof receiptContentSchema>;

/** `awaiting-signature` = cho-ky: the number is taken and stays taken, whatever becomes of the signature. */
export const receiptStateSchema = z.enum(['awaiting-signature', 'signed', 'replaced']);
export type ReceiptState = z.infer<typeof receiptStateSchema>;
