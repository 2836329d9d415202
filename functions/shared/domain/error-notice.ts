import * as z from 'zod/mini';
import { businessDateSchema, taxCodeSchema } from '#schemas/ids.ts';
import { receiptContentSchema } from '#schemas/receipt.ts';

/** A receipt that was made wrong, and why. */
export const wrongReceiptSchema = z.strictObject({
  template: receiptContentSchema.shape.template,
  series: receiptContentSchema.shape.series,
  number: receiptContentSchema.shape.number,
  issuedOn: businessDateSchema,
  reason: z.string().check(z.minLength(1), z.maxLength(255)),
});
export type WrongReceipt = z.infer<typeof wrongReceiptSchema>;

/**
 * Notice 04/SS-CTĐT, by which a collecting organisation tells the tax office of receipts that it made wrong
 * (TT 91/2026/TT-BTC art. 20). A replacement uses it too.
 */
export const errorNoticeSchema = z.strictObject({
  /** The tax office's own notice that this one answers; absent when the organisation speaks first. */
  answersTo: z.optional(
    z.strictObject({ number: z.string().check(z.minLength(1), z.maxLength(30)), date: businessDateSchema }),
  ),
  taxOffice: z.strictObject({
    code: z.string().check(z.regex(/^\d{3,5}$/, 'must be the 3 to 5 digits of a tax office')),
    name: z.string().check(z.minLength(1), z.maxLength(100)),
  }),
  collector: z.strictObject({ name: z.string().check(z.minLength(1), z.maxLength(400)), taxCode: taxCodeSchema }),
  /** Where the notice is made: the province. */
  place: z.string().check(z.minLength(1), z.maxLength(50)),
  madeOn: businessDateSchema,
  receipts: z.array(wrongReceiptSchema).check(z.minLength(1)),
});
export type ErrorNotice = z.infer<typeof errorNoticeSchema>;
