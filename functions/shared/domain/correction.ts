import * as z from 'zod/mini';
import {
  correctionIdSchema,
  correctionStateSchema,
  correctionWaySchema,
  wrongItemSchema,
} from '#schemas/correction.ts';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { receiptContentSchema } from '#schemas/receipt.ts';
import { staffCodeSchema } from '#schemas/staff-code.ts';
import { archivedDocumentSchema, receiptIdentitySchema, receiptNameSchema } from './receipt.ts';

/** What differs from the wrong receipt, whole: what the checker sees is what will be printed. */
export const correctedContentSchema = z.pick(receiptContentSchema, { payer: true, lines: true, totalVnd: true });
export type CorrectedContent = z.infer<typeof correctedContentSchema>;

/** The notice 04/SS-CTĐT as it lies in the archive. */
export const filedNoticeSchema = z.extend(archivedDocumentSchema, { madeOn: businessDateSchema });
export type FiledNotice = z.infer<typeof filedNoticeSchema>;

/** What is done about one receipt that was made wrong, from its proposal to its end. */
export const correctionSchema = z.strictObject({
  correctionId: correctionIdSchema,
  paymentId: receiptNameSchema.shape.paymentId,
  way: correctionWaySchema,
  /** The wrong receipt: its place in the ledger, and its name for people. */
  receipt: z.extend(receiptIdentitySchema, z.omit(receiptNameSchema, { paymentId: true }).shape),
  reason: z.string().check(z.minLength(1), z.maxLength(255)),
  /** Of a notice. */
  wrong: z.optional(z.array(wrongItemSchema)),
  /** Of a replacement. */
  corrected: z.optional(correctedContentSchema),
  state: correctionStateSchema,
  maker: staffCodeSchema,
  madeAt: instantSchema,
  /** Who decided on it: somebody else than the maker. */
  checker: z.optional(staffCodeSchema),
  decidedAt: z.optional(instantSchema),
  rejectedBecause: z.optional(z.string()),
  replacement: z.optional(receiptIdentitySchema),
  notice: z.optional(filedNoticeSchema),
  version: z.int().check(z.minimum(1)),
});
export type Correction = z.infer<typeof correctionSchema>;

/** Names a correction: its id is the maker's, and need not be unlike those of other payments. */
export type CorrectionName = Pick<Correction, 'paymentId' | 'correctionId'>;

/** Why nothing may be done; functions/correct-receipt/explain-refusal.ts says it to people. */
export type CorrectionRefusal =
  | { readonly code: 'no-payment' | 'no-receipt' | 'several-receipts' | 'id-taken' | 'no-correction' | 'same-person' }
  | {
      readonly code:
        | 'adjustment'
        | 'cancellation'
        | 'notice-suffices'
        | 'nothing-changes'
        | 'not-signed'
        | 'taken-back';
    }
  /** The receipt was replaced before. */
  | { readonly code: 'replaced'; readonly by: string }
  | { readonly code: 'wrong-state'; readonly state: Correction['state'] }
  /** A fee that the catalogue of the dossier's day does not have, or that stands on no receipt of this kind. */
  | { readonly code: 'unknown-fee' | 'other-kind'; readonly feeCode: string }
  | { readonly code: 'wrong-price'; readonly feeCode: string; readonly amountsVnd: readonly number[] }
  /** More than was paid and not receipted, or less than was paid and not paid back. */
  | { readonly code: 'exceeds-money' | 'leaves-money'; readonly mostVnd: number; readonly leastVnd: number }
  | { readonly code: 'unprintable'; readonly field: string; readonly character: string }
  | { readonly code: 'organisation-changed' | 'no-tax-office'; readonly unitCode: string }
  | { readonly code: 'no-series' | 'try-later'; readonly why: string };

export function refused(refusal: CorrectionRefusal): { readonly kind: 'refused'; readonly refusal: CorrectionRefusal } {
  return { kind: 'refused', refusal };
}
