import { describe, expect, it } from '@jest/globals';
import {
  declaredSeriesSchema,
  faultOfDeclaredSeries,
  openingOf,
  seriesServedBy,
} from '#shared/domain/declared-series.ts';
import { merchantSchema } from '#shared/domain/merchant.ts';
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

describe('the series of an account', () => {
  const account = (merchant: string, units: readonly string[], isDefault = false) =>
    merchantSchema.parse({ gateway: 'vnpay', merchant, label: 'x', default: isDefault, units, settings: {} });
  const merchants = [account('rieng', ['vpdkdd']), account('chung', ['ttpvhcc'], true)];
  const another = declaredSeriesSchema.parse({ ...declared, unitCode: 'hong-gai', series: '26TAC' });

  it('are those of the units whose payments it takes, by its row or as the default', () => {
    const seriesOf = (gateway: string, merchant: string) =>
      seriesServedBy({ gateway, merchant }, [declared, another], merchants).map(({ series }) => series);
    expect([seriesOf('vnpay', 'rieng'), seriesOf('vnpay', 'chung'), seriesOf('momo', 'chung')]).toEqual([
      ['26TAA'],
      ['26TAC'],
      [],
    ]);
  });
});
