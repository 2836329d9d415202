import * as z from 'zod/mini';
import { amountVndSchema } from '#schemas/money.ts';

/** At most 12 digits: anything else, though signed, is malformed (gateway specification §0 rule 5). */
const amountDigits = z.string('is missing').check(z.regex(/^\d{1,12}$/, 'must be 1 to 12 digits'));

/** Whole đồng, written as digits. */
export const amountInDongSchema = z.pipe(z.pipe(amountDigits, z.transform(Number)), amountVndSchema);

/** Whole đồng as a decimal text such as `50000.00`; a fraction of a đồng is never rounded away. */
export const amountInDecimalsSchema = z.pipe(
  z.pipe(
    z
      .string('is missing')
      .check(z.regex(/^\d{1,12}(\.0{1,2})?$/, 'must be 1 to 12 digits, at most with .00 behind them')),
    z.transform((text) => Number(text.replace(/\..*$/, ''))),
  ),
  amountVndSchema,
);

/** Đồng × 100, written as digits; a remainder would be a fraction of a đồng. */
export const amountTimesHundredSchema = z.pipe(
  z.pipe(
    z
      .pipe(amountDigits, z.transform(Number))
      .check(z.refine((hundredths) => hundredths % 100 === 0, 'must be whole đồng × 100')),
    z.transform((hundredths) => hundredths / 100),
  ),
  amountVndSchema,
);
