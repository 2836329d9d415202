import { describe, expect, it } from '@jest/globals';
import { amountInWords } from '#shared/domain/amount-in-words.ts';
import readings from '#test/fixtures/vectors/amount-in-words.json' with { type: 'json' };

describe('amountInWords', () => {
  it.each(readings.vectors)('reads $amount as "$words"', ({ amount, words }) => {
    expect(amountInWords(amount)).toBe(words);
  });

  it.each(readings.vectors)('adds chẵn to $amount only when it is a whole thousand', ({ amount, words, wordsChan }) => {
    expect(amountInWords(amount, { even: true })).toBe(wordsChan ?? words);
  });

  it('never says that nothing is a whole thousand', () => {
    expect(amountInWords(0, { even: true })).toBe('Không đồng');
  });

  it('gives composed letters and single spaces', () => {
    const words = amountInWords(555_555_555_555_555);
    expect(words).toBe(words.normalize('NFC'));
    expect(words).not.toMatch(/ {2}|^\s|\s$|,/);
  });

  it.each([-1, -0.5, 0.1, 28_000.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_000_000_000, 2 ** 53])(
    'refuses %p and says what an amount is',
    (amount) => {
      expect(() => amountInWords(amount)).toThrow(/whole number from 0 to 999999999999999/);
    },
  );
});
