import * as z from 'zod/mini';
import { dossierConfirmationSchema } from '#schemas/dossier-confirmation.ts';
import { chargeNumberSchema, instantSchema, paymentIdSchema } from '#schemas/ids.ts';

/** One confirmation that was put on the dossier queue, kept to know what was said, when, and whether it was heard. */
export const sentConfirmationSchema = z.strictObject({
  paymentId: paymentIdSchema,
  chargeNumber: chargeNumberSchema,
  event: dossierConfirmationSchema,
  sentAt: instantSchema,
  acknowledgedAt: z.optional(instantSchema),
});
export type SentConfirmation = z.infer<typeof sentConfirmationSchema>;
