import { describe, expect, it } from '@jest/globals';
import { declaredSeriesSchema, faultOfDeclaredSeries, openingOf } from '#shared/domain/declared-series.ts';
import { seriesSchema } from '#shared/domain/series.ts';

const declared = declaredSeriesSchema.parse({
  unitCode: 'vpdkdd',
  taxCode: '5709990011',
  template: 'EBL01',
  series: '26TAA',
  year: 2026,
  firstNumber: 1,
  lastNumber: 5_000,
  registration: 'accepted',
});

describe('openingOf', () => {
  it('gives the row that the ledger opens a series with', () => {
    expect(faultOfDeclaredSeries(declared)).toBeUndefined();
    expect(seriesSchema.parse(openingOf(declared))).toEqual({
      taxCode: '5709990011',
      template: 'EBL01',
      series: '26TAA',
      year: 2026,
      nextNumber: 1,
      rangeEnd: 5_000,
      status: 'open',
      registration: 'accepted',
    });
  });
});
