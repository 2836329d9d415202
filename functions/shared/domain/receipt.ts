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

/** What names a receipt for people and for ever, within its collecting organisation. */
export const receiptIdentitySchema = z.pick(receiptContentSchema, {
  template: true,
  series: true,
  number: true,
  issuedOn: true,
});
export type ReceiptIdentity = z.infer<typeof receiptIdentitySchema>;

/** A numbered receipt: its frozen content, and what has been made of it so far. */
export const receiptSchema = z.extend(receiptNameSchema, {
  state: receiptStateSchema,
  content: receiptContentSchema,
  numberedAt: instantSchema,
  /** The signed XML, which is the receipt. */
  xml: z.optional(archivedDocumentSchema),
  /** The signed page, which renders it. */
  pdf: z.optional(archivedDocumentSchema),
  /** When both were recorded. What the signatures say of their time is frozen in `content.signingTime`. */
  signedAt: z.optional(instantSchema),
  /** A fault that repeating will not mend, such as a revoked certificate; a person must look. */
  fault: z.optional(z.strictObject({ at: instantSchema, why: z.string() })),
  /** The receipt that replaced it; what it replaces itself stands in its content. Written with the state `replaced`. */
  replacedBy: z.optional(z.extend(receiptIdentitySchema, { at: instantSchema })),
  /** The last notice 04/SS-CTĐT about it (`co-thong-bao-sai-sot`): the receipt itself stands. */
  errorNotice: z.optional(archivedDocumentSchema),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** What makes a numbered receipt a signed one. */
export interface SignedDocuments {
  readonly xml: ArchivedDocument;
  readonly pdf: ArchivedDocument;
}

export function identityOf({ content }: Pick<Receipt, 'content'>): ReceiptIdentity {
  const { template, series, number, issuedOn } = content;
  return { template, series, number, issuedOn };
}

/** `<mst>/<template>/<series>/<number>`: the archive alone can tell how far a series has come. */
export function archiveKeyOf(receipt: Pick<Receipt, 'content'>, extension: 'pdf' | 'xml'): string {
  const { collector, template, series, number } = receipt.content;
  return `${collector.taxCode}/${template}/${series}/${String(number).padStart(8, '0')}.${extension}`;
}
