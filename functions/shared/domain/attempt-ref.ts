import {
  type AttemptNumber,
  attemptNumberSchema,
  checkDigitOf,
  type PaymentId,
  paymentIdSchema,
} from '#schemas/ids.ts';

/** The reference of an attempt: payment id + two digits, 16 digits, below 2^53. */
export function attemptRefOf(paymentId: PaymentId, attempt: AttemptNumber): string {
  return paymentId + attempt;
}

/** Splits a reference back, or says nothing when it is none of ours: wrong length, foreign text, wrong check digit. */
export function readAttemptRef(text: string): { paymentId: PaymentId; attempt: AttemptNumber } | undefined {
  const paymentId = paymentIdSchema.safeParse(text.slice(0, 14));
  const attempt = attemptNumberSchema.safeParse(text.slice(14));
  if (!paymentId.success || !attempt.success) return undefined;
  return { paymentId: paymentId.data, attempt: attempt.data };
}

/**
 * A payment id from 13 digits' worth of randomness.
 * @param random a whole number from 0 up to, but without, `paymentIdSpace`
 */
export function paymentIdFrom(random: number): PaymentId {
  const digits = String(firstIdBody + random);
  return paymentIdSchema.parse(digits + checkDigitOf(digits));
}

const firstIdBody = 1_000_000_000_000;
/** How many ids there are: bodies from 1 000 000 000 000 up to 9 007 199 254 739. */
export const paymentIdSpace = 9_007_199_254_740 - firstIdBody;
