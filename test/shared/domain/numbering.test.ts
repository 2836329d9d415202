import { describe, expect, it } from '@jest/globals';
import { loadSeries } from '#config/series.ts';
import { businessDateSchema, taxCodeSchema } from '#schemas/ids.ts';
import { chooseSeries, fittingBatch, isNearlyUsed, refusalOf, roomIn, withDeclared } from '#shared/domain/numbering.ts';
import { planReceipts } from '#shared/domain/receipt-plan.ts';
import { type Series, seriesSchema } from '#shared/domain/series.ts';
import { aFee, aPaidRecord } from '#test/support/paid-record.ts';
import { aReceiptOf } from '#test/support/receipts.ts';

const today = businessDateSchema.parse('2026-11-23');
const landOffice = taxCodeSchema.parse('5709990011');

function aSeries(change: object = {}): Series {
  return seriesSchema.parse({
    taxCode: landOffice,
    template: 'EBL01',
    series: '26TAA',
    year: 2026,
    nextNumber: 1,
    rangeEnd: 99_999_999,
    status: 'open',
    registration: 'accepted',
    ...change,
  });
}

describe('a series', () => {
  it.each([
    ['is closed', { status: 'closed' }, /is closed/],
    ['awaits the tax office', { registration: 'pending' }, /registration state pending/],
    ['was refused by the tax office', { registration: 'refused' }, /registration state refused/],
    ['is of another year', { series: '27TAA', year: 2027 }, /is of the year 2027/],
    ['says another year in its symbol', { series: '25TAA' }, /25TAA is not of the year 2026/],
    ['is used up', { nextNumber: 1_001, rangeEnd: 1_000 }, /is used up at 1000/],
    ['breaks the letter set', { series: '26TOI' }, /does not fit profile P3/],
    ['has a template of the past', { template: '01BLP0-001' }, /does not fit profile P3/],
  ])('is not issued from when it %s', (_case, change, why) => {
    expect(refusalOf(aSeries(change), today)).toMatch(why);
  });

  it('may be issued from up to its last number', () => {
    expect(refusalOf(aSeries({ nextNumber: 1_000, rangeEnd: 1_000 }), today)).toBeUndefined();
    expect(roomIn(aSeries({ nextNumber: 1_000, rangeEnd: 1_000 }))).toBe(1);
  });

  it('gives at most as many numbers at once as a transaction holds', () => {
    expect(roomIn(aSeries())).toBe(99);
  });

  it('is nearly used from nine tenths of its range on', () => {
    expect(isNearlyUsed(aSeries({ rangeEnd: 1_000 }), 899)).toBe(false);
    expect(isNearlyUsed(aSeries({ rangeEnd: 1_000 }), 900)).toBe(true);
  });
});

describe('the choice of a series', () => {
  it('takes the first by name that may be used', () => {
    const candidates = [aSeries({ series: '26TAC' }), aSeries({ series: '26TAB' }), aSeries({ status: 'closed' })];

    expect(chooseSeries(candidates, today)).toMatchObject({ kind: 'chosen', series: { series: '26TAB' } });
  });

  it('goes on to the next series when a range ends', () => {
    const candidates = [aSeries({ nextNumber: 100, rangeEnd: 99 }), aSeries({ series: '26TAB' })];

    expect(chooseSeries(candidates, today)).toMatchObject({ kind: 'chosen', series: { series: '26TAB' } });
  });

  it('takes the series of the year, which turns at midnight in Vietnam', () => {
    const candidates = [aSeries({ nextNumber: 7, lastDate: '2026-12-31' }), aSeries({ series: '27TAA', year: 2027 })];

    expect(chooseSeries(candidates, businessDateSchema.parse('2026-12-31'))).toMatchObject({
      series: { series: '26TAA' },
    });
    expect(chooseSeries(candidates, businessDateSchema.parse('2027-01-01'))).toMatchObject({
      series: { series: '27TAA' },
    });
  });

  it('is refused when a receipt bears a later date than the clock, even if another series were free', () => {
    const candidates = [aSeries({ nextNumber: 7, lastDate: '2026-11-24' }), aSeries({ series: '26TAB' })];

    expect(chooseSeries(candidates, today)).toEqual({
      kind: 'clock-behind',
      why: expect.stringMatching(/26TAA .* holds a receipt of 2026-11-24, but the clock says 2026-11-23/),
    });
  });

  it('says of each series of the year why it cannot be used', () => {
    const candidates = [
      aSeries({ status: 'closed' }),
      aSeries({ series: '26TAB', registration: 'pending' }),
      aSeries({ series: '27TAA', year: 2027 }),
    ];

    expect(chooseSeries(candidates, today)).toEqual({
      kind: 'none-usable',
      why: expect.stringContaining('26TAA is closed; 26TAB has the registration state pending'),
    });
  });

  it('says that nothing is declared for a year', () => {
    expect(chooseSeries([aSeries()], businessDateSchema.parse('2028-01-01'))).toMatchObject({
      why: expect.stringContaining('none of 2028 is declared'),
    });
  });
});

describe('declared series', () => {
  it('stand beside the rows of the ledger until they are opened', () => {
    const declared = loadSeries('dev');
    const row = aSeries({ nextNumber: 812, lastDate: '2026-11-22' });

    expect(withDeclared([row], declared, landOffice).map(({ series, nextNumber }) => [series, nextNumber])).toEqual([
      ['26TAA', 812],
      ['27TAA', 1],
    ]);
  });
});

describe('a numbering batch', () => {
  const receiptsOf = (count: number, feeLines = [aFee()]) =>
    Array.from({ length: count }, (_, index) => {
      const [plan] = planReceipts(aPaidRecord([{ feeLines }]));
      if (plan === undefined) throw new Error('no plan');
      return aReceiptOf(plan, {}, { number: index + 1 });
    });

  it('holds up to 99 receipts', () => {
    expect(fittingBatch(receiptsOf(99))).toHaveLength(99);
    expect(fittingBatch(receiptsOf(120))).toHaveLength(99);
    expect(fittingBatch([])).toEqual([]);
  });

  it('holds up to two million bytes, and one receipt at least', () => {
    const long = Array.from({ length: 100 }, () => aFee({ name: 'Lệ phí '.repeat(70) }));
    const batch = fittingBatch(receiptsOf(60, long));
    const bytes = Buffer.byteLength(JSON.stringify(batch));

    expect(bytes).toBeGreaterThan(1_800_000);
    expect(bytes).toBeLessThan(2_001_000);
    expect(fittingBatch(receiptsOf(1, long))).toHaveLength(1);
  });
});
