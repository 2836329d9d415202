import { describe, expect, it } from '@jest/globals';
import { lineOfText } from '#schemas/text.ts';

const name = lineOfText(20);

describe('a line of text', () => {
  it('is kept in Unicode NFC, whichever form it came in', () => {
    const composed = 'Nguyễn Thị Hằng';
    const decomposed = composed.normalize('NFD');
    expect(decomposed).not.toBe(composed);
    expect(name.parse(decomposed)).toBe(composed);
  });

  it('loses white space around it', () => {
    expect(name.parse('  An\n')).toBe('An');
  });

  it('is measured after composition, so that a long decomposed name is not refused', () => {
    const composed = 'ễ'.repeat(20);
    expect(composed.normalize('NFD').length).toBeGreaterThan(20);
    expect(name.parse(composed.normalize('NFD'))).toBe(composed);
  });

  it.each([
    ['nothing', ''],
    ['white space only', ' \t\n\u00a0'],
    ['too much', 'x'.repeat(21)],
    ['10 000 characters', 'x'.repeat(10_000)],
    ['a line break inside', 'An\nBình'],
    ['a null character', 'An\u0000'],
    ['an escape character', 'An\u001b[31m'],
    ['a line separator', 'An\u2028Bình'],
    ['a right-to-left override', 'An\u202efdp.exe'],
    ['an Arabic letter mark', 'An\u061cBình'],
    ['a direction isolate', 'An\u2066Bình'],
    ['a zero-width space', 'An\u200bBình'],
    ['a lone surrogate', 'An\ud800'],
  ])('is never %s', (_what, text) => {
    expect(name.safeParse(text).success).toBe(false);
  });

  it('may hold what Vietnamese names and addresses hold', () => {
    expect(lineOfText(400).parse('Số 12A/3, ngõ 45, P. Hồng Gai (TP. Hạ Long), “Khu phố 2” – tổ 7')).toContain(
      'Hạ Long',
    );
  });

  it.each([null, undefined, 7, {}, ['An']])('is never %j', (value) => {
    expect(name.safeParse(value).success).toBe(false);
  });
});
