import * as z from 'zod/mini';

/** The largest amount that is read from anywhere: 12 digits (gateway specification §0 rule 5). */
export const largestAmountVnd = 999_999_999_999;

/** The largest payment that we ask for: VNPAY's 12 digits hold the amount × 100. */
export const largestPaymentVnd = 9_999_999_999;

/** Whole đồng, never a fraction. */
export const amountVndSchema = z
  .number({ error: 'must be a whole number of đồng, given as a JSON number' })
  .check(
    z.int('must be a whole number of đồng'),
    z.minimum(0, 'must not be negative'),
    z.maximum(largestAmountVnd, `must be at most ${largestAmountVnd} đồng`),
  )
  .brand<'AmountVnd'>()
  .register(z.globalRegistry, { id: 'AmountVnd', title: 'Amount in đồng', examples: [28000] });
export type AmountVnd = z.infer<typeof amountVndSchema>;

/** An amount that is owed or was paid: at least one đồng. */
export const positiveAmountVndSchema = amountVndSchema.check(
  z.refine((amount) => amount > 0, 'must be more than 0 đồng'),
);

/** The sum of amounts; the result is checked again, since a sum of valid amounts may leave the range. */
export function sumOfAmounts(amounts: readonly AmountVnd[]): AmountVnd {
  return amountVndSchema.parse(amounts.reduce((sum, amount) => sum + amount, 0));
}
