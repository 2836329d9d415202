import * as z from 'zod/mini';
import { debtIdSchema, dossierCodeSchema, procedureCodeSchema } from '#schemas/codes.ts';
import { chargeNumberSchema, feeCodeSchema, instantSchema, paymentIdSchema, unitCodeSchema } from '#schemas/ids.ts';
import { amountVndSchema } from '#schemas/money.ts';
import { payerSchema } from '#schemas/payment-request.ts';

/** A fee line with what the catalogue said about it when the payment was made; later changes do not touch it. */
export const chargedFeeSchema = z.strictObject({
  unitCode: unitCodeSchema,
  feeCode: feeCodeSchema,
  name: z.string().check(z.minLength(1)),
  kind: z.enum(['phi', 'le-phi', 'thue']),
  /** `EBL01`: we issue a receipt; anything else is another body's voucher, or none. */
  receipt: z.string(),
  unit: z.optional(z.string()),
  budgetCode: z.optional(z.string()),
  quantity: z.int().check(z.minimum(1)),
  amountVnd: amountVndSchema,
  catalogueVersion: z.string().check(z.minLength(1)),
});
export type ChargedFee = z.infer<typeof chargedFeeSchema>;

/** What one dossier owes in a payment. Written once, never changed. */
export const chargeSchema = z.strictObject({
  paymentId: paymentIdSchema,
  chargeNumber: chargeNumberSchema,
  dossierCode: dossierCodeSchema,
  procedureCode: procedureCodeSchema,
  debtId: debtIdSchema,
  payer: payerSchema,
  feeLines: z.array(chargedFeeSchema).check(z.minLength(1)),
  amountVnd: amountVndSchema,
  createdAt: instantSchema,
});
export type Charge = z.infer<typeof chargeSchema>;
