import { describe, expect, it } from '@jest/globals';
import type * as z from 'zod/mini';
import { amountInDecimalsSchema, amountInDongSchema, amountTimesHundredSchema } from '#shared/gateways/wire-amounts.ts';

const read = (schema: z.ZodMiniType<number>, text: string) => {
  const reading = schema.safeParse(text);
  return reading.success ? reading.data : undefined;
};

describe('an amount on the wire', () => {
  it.each([
    ['75000', 75_000, 75_000, 750],
    ['0', 0, 0, 0],
    ['999999999999', 999_999_999_999, 999_999_999_999, undefined],
    ['999999999900', 999_999_999_900, 999_999_999_900, 9_999_999_999],
    ['1000000000000', undefined, undefined, undefined],
    ['50', 50, 50, undefined],
    ['75000.00', undefined, 75_000, undefined],
    ['75000.0', undefined, 75_000, undefined],
    ['75000.', undefined, undefined, undefined],
    ['75000.50', undefined, undefined, undefined],
    ['75000.000', undefined, undefined, undefined],
    ['9007199254740993', undefined, undefined, undefined],
    ['-1', undefined, undefined, undefined],
    ['+1', undefined, undefined, undefined],
    [' 1', undefined, undefined, undefined],
    ['1e3', undefined, undefined, undefined],
    ['１', undefined, undefined, undefined],
    ['', undefined, undefined, undefined],
  ])('%j is %s đồng, %s with decimals, %s times a hundred', (text, dong, decimals, timesHundred) => {
    expect(read(amountInDongSchema, text)).toBe(dong);
    expect(read(amountInDecimalsSchema, text)).toBe(decimals);
    expect(read(amountTimesHundredSchema, text)).toBe(timesHundred);
  });
});
