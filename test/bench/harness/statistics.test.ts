import { describe, expect, it } from '@jest/globals';
import { median, percentile } from './statistics.ts';

describe('the statistics of benches', () => {
  it('find the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('find percentiles between neighbours', () => {
    const values = Array.from({ length: 101 }, (_, index) => index * 10);
    expect(percentile(values, 99)).toBe(990);
    expect(percentile([10, 20], 75)).toBe(17.5);
    expect(percentile(values, 100)).toBe(1_000);
  });

  it('say that there is nothing rather than give a number of it', () => {
    expect(() => median([])).toThrow('nothing was measured');
  });
});
