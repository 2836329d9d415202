import { describe, expect, it } from '@jest/globals';
import { businessDateSchema } from '#schemas/ids.ts';
import {
  faultOfSymbols,
  formatReceiptNumber,
  receiptRulesOn,
  seriesLetters,
  yearOfSeries,
} from '#shared/domain/rule-profile.ts';

const on = (date: string) => businessDateSchema.parse(date);

describe('receiptRulesOn', () => {
  it.each([
    ['2016-01-01', 'P1'],
    ['2025-05-31', 'P1'],
    ['2025-06-01', 'P2'],
    ['2026-06-30', 'P2'],
    ['2026-07-01', 'P3'],
    ['2026-11-22', 'P3'],
  ])('on %s gives profile %s', (date, profile) => {
    expect(receiptRulesOn(on(date)).profile).toBe(profile);
  });
});

describe('the symbols of a receipt', () => {
  it.each([
    ['2026-11-22', 'EBL01', '26TAA'],
    ['2026-11-22', 'EBL02', '26TYX'],
    ['2025-12-31', 'EBL01', '25T'],
    ['2023-03-01', '01BLP0-001', 'AA-23E'],
    ['2023-03-01', '02BLP0-012', 'KT-23T'],
    ['2023-03-01', '01BLP2-001', '22AB-23P'],
  ])('on %s may be %s %s', (date, template, series) => {
    expect(faultOfSymbols(template, series, on(date))).toBeUndefined();
  });

  it.each([
    ['2026-11-22', '01BLP0-001', '26TAA', /template 01BLP0-001 does not fit profile P3/],
    ['2026-11-22', 'EBL03', '26TAA', /template EBL03/],
    ['2026-11-22', 'EBL01', '26T', /series 26T does not fit profile P3/],
    ['2026-11-22', 'EBL01', '26TAF', /series 26TAF/],
    ['2026-11-22', 'EBL01', '26Taa', /series 26Taa/],
    ['2026-11-22', 'EBL01', '26TAA\n', /series/],
    ['2026-12-31', 'EBL01', '27TAA', /series 27TAA is not of the year 2026/],
    ['2027-01-01', 'EBL01', '26TAA', /series 26TAA is not of the year 2027/],
    ['2023-03-01', '01BLP0-001', 'BI-23T', /series BI-23T does not fit profile P1/],
    ['2023-03-01', '01BLP0-001', 'AA-22E', /series AA-22E is not of the year 2023/],
  ])('on %s must not be %s %j', (date, template, series, why) => {
    expect(faultOfSymbols(template, series, on(date))).toMatch(why);
  });

  it('use twenty letters, none of which is read as a digit', () => {
    expect(new Set(seriesLetters).size).toBe(20);
    expect(seriesLetters).not.toMatch(/[FIJOWZ]/);
  });
});

describe('yearOfSeries', () => {
  it.each([
    ['26TAA', 2026],
    ['25T', 2025],
    ['AA-22E', 2022],
    ['22AB-23P', 2023],
    ['??', undefined],
  ])('of %s is %p', (series, year) => {
    expect(yearOfSeries(series)).toBe(year);
  });
});

describe('formatReceiptNumber', () => {
  it('pads to the width of the profile', () => {
    expect(formatReceiptNumber(123, 'P3')).toBe('00000123');
    expect(formatReceiptNumber(123, 'P2')).toBe('0000123');
    expect(formatReceiptNumber(99_999_999, 'P3')).toBe('99999999');
  });

  it.each([0, -1, 1.5, 100_000_000, Number.NaN])('refuses %p', (number) => {
    expect(() => formatReceiptNumber(number, 'P3')).toThrow(/runs from 1 to 99999999/);
  });

  it('refuses in P2 what fits P3 only', () => {
    expect(() => formatReceiptNumber(10_000_000, 'P2')).toThrow(/profile P2/);
  });
});
