import * as z from 'zod/mini';
import { chargeNumberSchema, instantSchema, paymentIdSchema, taxCodeSchema } from '#schemas/ids.ts';
import { receiptContentSchema, receiptKindSchema, receiptStateSchema } from '#schemas/receipt.ts';

/** Which receipt of a payment: one for each charge, collecting organisation and kind, and its revision. */
export const receiptNameSchema = z.strictObject({
  paymentId: paymentIdSchema,
  chargeNumber: chargeNumberSchema,
  taxCode: taxCodeSchema,
  kind: receiptKindSchema,
  /** 0 for the first receipt; a replacement counts up. */
  revision: z.int().check(z.minimum(0)),
});
export type ReceiptName = z.infer<typeof receiptNameSchema>;

export const archivedDocumentSchema = z.strictObject({
  key: z.string().check(z.minLength(1)),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  bytes: z.int().check(z.minimum(1)),
  archivedAt: instantSchema,
});
export type ArchivedDocument = z.infer<typeof archivedDocumentSchema>;

/** A numbered receipt: its frozen content, and what has been made of it so far. */
export const receiptSchema = z.extend(receiptNameSchema, {
  state: receiptStateSchema,
  content: receiptContentSchema,
  numberedAt: instantSchema,
  pdf: z.optional(archivedDocumentSchema),
  /** A fault that repeating will not mend, such as a glyph that the font lacks; a person must look. */
  fault: z.optional(z.strictObject({ at: instantSchema, why: z.string() })),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** `<mst>/<template>/<series>/<number>`: the archive alone can tell how far a series has come. */
export function archiveKeyOf(receipt: Pick<Receipt, 'content'>, extension: 'pdf' | 'xml'): string {
  const { collector, template, series, number } = receipt.content;
  return `${collector.taxCode}/${template}/${series}/${String(number).padStart(8, '0')}.${extension}`;
}
