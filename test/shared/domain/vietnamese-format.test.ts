import { describe, expect, it } from '@jest/globals';
import { businessDateSchema, instantSchema } from '#schemas/ids.ts';
import { formatVietnamTime, formatVnd, spellOutDate } from '#shared/domain/vietnamese-format.ts';

describe('formatVnd', () => {
  it.each([
    [0, '0\u00a0đ'],
    [999, '999\u00a0đ'],
    [1_000, '1.000\u00a0đ'],
    [28_000, '28.000\u00a0đ'],
    [1_234_567, '1.234.567\u00a0đ'],
    [999_999_999_999, '999.999.999.999\u00a0đ'],
  ])('of %d is %j', (amount, text) => {
    expect(formatVnd(amount)).toBe(text);
  });
});

describe('spellOutDate', () => {
  it('keeps the zeros that a document writes', () => {
    expect(spellOutDate(businessDateSchema.parse('2027-01-05'))).toBe('Ngày 05 tháng 01 năm 2027');
  });
});

describe('formatVietnamTime', () => {
  it('says the time in Vietnam, which may be another day and year than in UTC', () => {
    expect(formatVietnamTime(instantSchema.parse('2026-12-31T17:00:00.999Z'))).toBe('00:00:00 ngày 01/01/2027');
  });
});
