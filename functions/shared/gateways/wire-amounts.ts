import * as z from 'zod/mini';
import { amountVndSchema } from '#schemas/money.ts';

/** At most 12 digits: anything else, though signed, is malformed (gateway specification §0 rule 5). */
const amountDigits = z.string('is missing').check(z.regex(/^\d{1,12}$/, 'must be 1 to 12 digits'));
const wholeNumber = z.pipe(amountDigits, z.transform(Number));

/** Whole đồng, written as digits. */
export const amountInDongSchema = z.pipe(wholeNumber, amountVndSchema);

const amountDecimals = z
  .string('is missing')
  .check(z.regex(/^\d{1,12}(\.0{1,2})?$/, 'must be 1 to 12 digits, at most with .00 behind them'));
const withoutDecimals = z.transform((text: string) => Number(text.replace(/\..*$/, '')));

/** Whole đồng as a decimal text such as `50000.00`; a fraction of a đồng is never rounded away. */
export const amountInDecimalsSchema = z.pipe(z.pipe(amountDecimals, withoutDecimals), amountVndSchema);

const wholeHundreds = wholeNumber.check(z.refine((number) => number % 100 === 0, 'must be whole đồng × 100'));
const byHundred = z.transform((hundredths: number) => hundredths / 100);

/** Đồng × 100, written as digits; a remainder would be a fraction of a đồng. */
export const amountTimesHundredSchema = z.pipe(z.pipe(wholeHundreds, byHundred), amountVndSchema);
