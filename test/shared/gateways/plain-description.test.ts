import { describe, expect, it } from '@jest/globals';
import { asciiDescription, bareDescription } from '#shared/gateways/plain-description.ts';

describe('a plain description', () => {
  it('takes the marks off Vietnamese letters, composed or not', () => {
    const text = 'Nộp phí hồ sơ Đất đai ƯU TIÊN';
    expect(asciiDescription(text, 255)).toBe('Nop phi ho so Dat dai UU TIEN');
    expect(asciiDescription(text.normalize('NFD'), 255)).toBe('Nop phi ho so Dat dai UU TIEN');
  });

  it('turns anything else that is not ASCII into single spaces', () => {
    expect(asciiDescription(' a ✅✅ b\n\tc — d ', 255)).toBe('a b c d');
  });

  it('is bare without special characters, dots and hyphens aside', () => {
    expect(bareDescription('Nộp phí & "lệ phí": hồ sơ H49.14-261122-0001 (#1)', 255)).toBe(
      'Nop phi le phi ho so H49.14-261122-0001 1',
    );
  });

  it('cuts to the longest length', () => {
    expect(asciiDescription('đ'.repeat(10_000), 255)).toBe('d'.repeat(255));
  });
});
