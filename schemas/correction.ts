import * as z from 'zod/mini';
import {
  businessDateSchema,
  feeCodeSchema,
  instantSchema,
  payerTaxCodeSchema,
  paymentIdSchema,
  taxCodeSchema,
} from './ids.ts';
import { positiveAmountVndSchema } from './money.ts';
import { pageSchemaOf } from './page.ts';
import { receiptContentSchema, receiptKindSchema } from './receipt.ts';
import { staffCodeSchema, staffReasonSchema } from './staff-code.ts';
import { lineOfText } from './text.ts';

/** Drawn by the maker's client, so that a proposal which is sent twice is one correction. */
export const correctionIdSchema = z
  .string()
  .check(z.regex(/^[0-9a-z]{8,20}$/, 'must be 8 to 20 small letters or digits'))
  .brand<'CorrectionId'>()
  .register(z.globalRegistry, { id: 'CorrectionId', examples: ['saimst2611220001'] });
export type CorrectionId = z.infer<typeof correctionIdSchema>;

/** What the law knows for a receipt that was made wrong (TT 91/2026/TT-BTC art. 20). */
export const correctionWaySchema = z.enum(['notice', 'replacement']);
export type CorrectionWay = z.infer<typeof correctionWaySchema>;

/** `proposed`: waits for a second person; the others are ends. */
export const correctionStateSchema = z.enum(['proposed', 'approved', 'rejected']);
export type CorrectionState = z.infer<typeof correctionStateSchema>;

/** What a notice 04/SS-CTĐT says is wrong, while tax code and amount are right. */
export const wrongItemSchema = z.enum(['payer-name', 'payer-address', 'amount-in-words', 'other']);
export type WrongItem = z.infer<typeof wrongItemSchema>;

/** Stands in the replacement and in the notice to the tax office, for everybody to read: no personal data. */
const legalReasonSchema = lineOfText(255).check(z.minLength(5, 'must be at least 5 characters'));

/** A receipt as it is printed; the tax code is needed only where two organisations use the same symbols. */
const printedReceiptSchema = z.strictObject({
  taxCode: z.optional(taxCodeSchema),
  template: z._default(receiptContentSchema.shape.template, 'EBL01'),
  series: receiptContentSchema.shape.series,
  number: receiptContentSchema.shape.number,
});

/** What is right about the payer. An absent field stays, `null` takes it away. */
const correctedPayerSchema = z.strictObject({
  name: z.optional(lineOfText(400)),
  address: z.nullish(lineOfText(400)),
  taxCode: z.nullish(payerTaxCodeSchema),
});

/** A fee that was paid. Name, kind and unit come from the catalogue. */
const correctedLineSchema = z.strictObject({
  feeCode: feeCodeSchema,
  quantity: z.int().check(z.minimum(1), z.maximum(9_999)),
  amountVnd: positiveAmountVndSchema,
});
export type CorrectedLine = z.infer<typeof correctedLineSchema>;

const ofProposal = {
  correctionId: correctionIdSchema,
  paymentId: paymentIdSchema,
  receipt: printedReceiptSchema,
  reason: legalReasonSchema,
};

/** What a maker proposes. The last two ways exist to be asked for and refused, with the reason of the law. */
export const correctionRequestSchema = z
  .discriminatedUnion('way', [
    z.strictObject({
      way: z.literal('notice'),
      ...ofProposal,
      wrong: z.array(wrongItemSchema).check(z.minLength(1), z.maxLength(wrongItemSchema.options.length)),
    }),
    z.strictObject({
      way: z.literal('replacement'),
      ...ofProposal,
      payer: z.optional(correctedPayerSchema),
      lines: z
        .optional(z.array(correctedLineSchema).check(z.minLength(1), z.maxLength(100)))
        .check(z.describe('All lines of the right receipt; absent: they were right')),
    }),
    z.strictObject({ way: z.enum(['adjustment', 'cancellation']), ...ofProposal }),
  ])
  .register(z.globalRegistry, { id: 'CorrectionRequest', title: 'Đề nghị xử lý biên lai lập sai' });
export type CorrectionRequest = z.infer<typeof correctionRequestSchema>;
export type ReplacementRequest = Extract<CorrectionRequest, { way: 'replacement' }>;

/** What names a correction: ids are unique within their payment. */
export const correctionNameSchema = z.object({ paymentId: paymentIdSchema, correctionId: correctionIdSchema });

const ofCorrection = { by: staffCodeSchema, ...correctionNameSchema.shape };

/** What the finance desk asks of correct-receipt. */
export const correctionCommandSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('propose'), by: staffCodeSchema, correction: correctionRequestSchema }),
    z.strictObject({ action: z.literal('approve'), ...ofCorrection }),
    z.strictObject({ action: z.literal('reject'), ...ofCorrection, why: staffReasonSchema }),
    z.strictObject({ action: z.literal('list') }),
  ])
  .register(z.globalRegistry, { id: 'CorrectionCommand', title: 'Lệnh về biên lai lập sai' });
export type CorrectionCommand = z.infer<typeof correctionCommandSchema>;

const receiptIdentitySchema = z.pick(receiptContentSchema, {
  template: true,
  series: true,
  number: true,
  issuedOn: true,
});

/** A correction as finance staff see it, with what the checker approves: the whole right content. */
export const correctionViewSchema = z
  .strictObject({
    correctionId: correctionIdSchema,
    paymentId: paymentIdSchema,
    way: correctionWaySchema,
    state: correctionStateSchema,
    receipt: z.extend(receiptIdentitySchema, { taxCode: taxCodeSchema, kind: receiptKindSchema }),
    reason: z.string(),
    wrong: z.optional(z.array(wrongItemSchema)),
    corrected: z.optional(z.pick(receiptContentSchema, { payer: true, lines: true, totalVnd: true })),
    maker: staffCodeSchema,
    madeAt: instantSchema,
    checker: z.optional(staffCodeSchema),
    decidedAt: z.optional(instantSchema),
    rejectedBecause: z.optional(z.string()),
    replacement: z.optional(receiptIdentitySchema).check(z.describe('The receipt that replaces it')),
    notice: z
      .optional(z.strictObject({ key: z.string(), sha256: z.string(), madeOn: businessDateSchema }))
      .check(z.describe('The notice 04/SS-CTĐT in the archive, to be filed with the tax office')),
  })
  .register(z.globalRegistry, { id: 'Correction', title: 'Xử lý biên lai lập sai' });
export type CorrectionView = z.infer<typeof correctionViewSchema>;

export const correctionPageSchema = pageSchemaOf(correctionViewSchema).register(z.globalRegistry, {
  id: 'CorrectionPage',
});
