import { describe, expect, it } from '@jest/globals';
import { loadFees } from '#config/fees.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import { earnsReceipt, type FeeRow, findFee, isPriceOf, priceOf } from '#shared/domain/fee-catalogue.ts';

const rows = loadFees('dev');
const on = (date: string) => businessDateSchema.parse(date);

function feeOf(feeCode: string, date = '2026-11-22'): FeeRow {
  const finding = findFee(rows, feeCode, on(date));
  if (finding.kind !== 'found') throw new Error(`${feeCode} is ${finding.kind} on ${date}`);
  return finding.row;
}

describe('findFee', () => {
  it.each([
    ['QN-006', '2026-01-01', 'found'],
    ['QN-006', '2030-12-31', 'found'],
    ['QN-006', '2025-12-31', 'not-in-force'],
    ['QN-006', '2031-01-01', 'not-in-force'],
    ['QN-030', '2019-05-05', 'found'],
    ['QN-999', '2026-11-22', 'unknown'],
    ['constructor', '2026-11-22', 'unknown'],
  ])('of %s on %s is %s', (feeCode, date, kind) => {
    expect(findFee(rows, feeCode, on(date)).kind).toBe(kind);
  });

  it('takes the row of the day when a fee has changed', () => {
    const old = { ...feeOf('QN-006'), effective: { from: on('2026-01-01'), to: on('2026-06-30') } };
    const current = {
      ...old,
      amountVnd: feeOf('QN-007').amountVnd,
      effective: { from: on('2026-07-01'), to: on('2030-12-31') },
    };
    expect(findFee([old, current], 'QN-006', on('2026-06-30'))).toEqual({ kind: 'found', row: old });
    expect(findFee([old, current], 'QN-006', on('2026-07-01'))).toEqual({ kind: 'found', row: current });
  });
});

describe('priceOf', () => {
  it.each([
    { what: 'one of a fixed price', feeCode: 'QN-030', quantity: 1, date: '2026-11-22', amountsVnd: [10_000] },
    { what: 'several of a fixed price', feeCode: 'QN-030', quantity: 7, date: '2026-11-22', amountsVnd: [70_000] },
    {
      what: 'a local reduction to nothing',
      feeCode: 'QN-006',
      quantity: 2,
      date: '2026-11-22',
      amountsVnd: [56_000, 0],
    },
    {
      what: 'a reduction before its first day',
      feeCode: 'QN-023',
      quantity: 1,
      date: '2026-08-14',
      amountsVnd: [8_000],
    },
    {
      what: 'a reduction on its first day',
      feeCode: 'QN-023',
      quantity: 1,
      date: '2026-08-15',
      amountsVnd: [8_000, 0],
    },
    { what: 'a reduction on its last day', feeCode: 'QN-023', quantity: 1, date: '2027-02-28', amountsVnd: [8_000, 0] },
    { what: 'a reduction after its last day', feeCode: 'QN-023', quantity: 1, date: '2027-03-01', amountsVnd: [8_000] },
    {
      what: 'a reduction to another amount',
      feeCode: 'QN-041',
      quantity: 1,
      date: '2025-12-31',
      amountsVnd: [135_000, 115_000],
    },
    {
      what: 'a share of the price',
      feeCode: 'QN-042',
      quantity: 3,
      date: '2025-06-01',
      amountsVnd: [600_000, 540_000],
    },
    { what: 'an ended share of the price', feeCode: 'QN-042', quantity: 3, date: '2026-01-01', amountsVnd: [600_000] },
    { what: 'a fee of nothing', feeCode: 'QN-024', quantity: 1, date: '2026-11-22', amountsVnd: [0] },
  ])('knows $what', ({ feeCode, quantity, date, amountsVnd }) => {
    expect(priceOf(feeOf(feeCode, date), quantity, on(date))).toEqual({ kind: 'fixed', amountsVnd });
  });

  it('rounds a share half up to the đồng, without floating point', () => {
    const row: FeeRow = {
      ...feeOf('QN-042'),
      amountVnd: feeOf('QN-027').amountVnd,
      onlineDiscount: { rule: 'percent-off', rate: '0.0035', confidence: 'confirmed' },
    };
    expect(priceOf(row, 1, on('2026-11-22'))).toEqual({ kind: 'fixed', amountsVnd: [3_000, 3_000 - 11] });
  });

  it.each(['QN-005', 'QN-019', 'QN-021', 'QN-022', 'QN-029'])('leaves %s to its formula', (feeCode) => {
    expect(priceOf(feeOf(feeCode), 1, on('2026-11-22'))).toEqual({ kind: 'by-formula' });
  });
});

describe('isPriceOf', () => {
  it('takes the full and the reduced amount, and nothing between', () => {
    const price = priceOf(feeOf('QN-006'), 1, on('2026-11-22'));
    expect([28_000, 0, 14_000, 28_001].map((amount) => isPriceOf(amount, price))).toEqual([true, true, false, false]);
  });

  it('takes what the dossier side computed by formula, and nothing at all for an exempt payer', () => {
    const price = priceOf(feeOf('QN-029'), 1, on('2026-11-22'));
    expect([5_000, 0].map((amount) => isPriceOf(amount, price))).toEqual([true, true]);
  });
});

describe('earnsReceipt', () => {
  it('is true of fees that we collect, never of taxes and fees of the tax office', () => {
    const without = rows.filter((row) => !earnsReceipt(row)).map((row) => row.feeCode);
    expect(without).toEqual(['QN-019', 'QN-020', 'QN-021', 'QN-022', 'QN-024', 'QN-026']);
  });

  it('is false of a tax even if a row claims otherwise', () => {
    expect(earnsReceipt({ kind: 'thue', receipt: 'EBL01' })).toBe(false);
  });
});
