import { describe, expect, it } from '@jest/globals';
import { amountVndSchema, largestAmountVnd, positiveAmountVndSchema, sumOfAmounts } from '#schemas/money.ts';

describe('an amount of đồng', () => {
  it.each([0, 1, 28_000, largestAmountVnd])('may be %d', (amount) => {
    expect(amountVndSchema.parse(amount)).toBe(amount);
  });

  it.each([
    [0.5, 'must be a whole number of đồng'],
    [28_000.000_001, 'must be a whole number of đồng'],
    [-1, 'must not be negative'],
    [largestAmountVnd + 1, 'must be at most 999999999999 đồng'],
    [2 ** 53, 'must be'],
    [1e300, 'must be'],
    [Number.NaN, 'must be a whole number of đồng, given as a JSON number'],
    [Number.POSITIVE_INFINITY, 'must be'],
    ['28000', 'must be a whole number of đồng, given as a JSON number'],
    ['28.000', 'must be a whole number of đồng, given as a JSON number'],
    [28_000n, 'must be a whole number of đồng, given as a JSON number'],
    [null, 'must be a whole number of đồng, given as a JSON number'],
    [[28_000], 'must be a whole number of đồng, given as a JSON number'],
  ])('is never %p', (amount, fault) => {
    const messages = amountVndSchema.safeParse(amount).error?.issues.map(({ message }) => message);
    expect(messages?.join('; ')).toContain(fault);
  });

  it('that is owed is more than nothing', () => {
    expect(positiveAmountVndSchema.safeParse(0).success).toBe(false);
    expect(positiveAmountVndSchema.safeParse(1).success).toBe(true);
  });
});

describe('a sum of amounts', () => {
  const amounts = (...values: readonly number[]) => values.map((value) => amountVndSchema.parse(value));

  it('is exact', () => {
    expect(sumOfAmounts(amounts(28_000, 1, 999))).toBe(29_000);
    expect(sumOfAmounts([])).toBe(0);
  });

  it('is refused when it leaves the range of an amount', () => {
    expect(() => sumOfAmounts(amounts(largestAmountVnd, 1))).toThrow('must be at most');
  });
});
