import { describe, expect, it } from '@jest/globals';
import { daySummaryRowsOf } from '#shared/domain/day-summary.ts';
import { faultOfQuarter, hasFaceValue, periodOf, quarterSchema, usageRowsOf } from '#shared/domain/receipt-usage.ts';
import { startRegisterTotals } from '#shared/domain/register-report.ts';
import { startSeriesProof } from '#shared/domain/series-proof.ts';
import { statementOf } from '#shared/rendering/reports/proof-texts.ts';
import { aRegistered, aRun, aSeries } from '#test/support/register-scene.ts';

function totalsOf(receipts: Parameters<ReturnType<typeof startRegisterTotals>['add']>[0][]) {
  const totals = startRegisterTotals();
  for (const receipt of receipts) totals.add(receipt);
  return totals.conclude();
}

describe('the sums of a register', () => {
  it('are by day, collecting body, kind, fee and NDKT, in that order', () => {
    const fee = { feeCode: 'QN-013', name: 'Phí thẩm định', budgetCode: '2627', amountVnd: 300_000 };
    const { groups } = totalsOf([
      aRegistered(3, '2026-11-22'),
      aRegistered(1, '2026-11-21', { lines: [fee, {}] }),
      aRegistered(2, '2026-11-21', { lines: [{ ...fee, budgetCode: '2633' }] }),
    ]);
    expect(groups.map(({ date, feeCode, budgetCode, amountVnd }) => [date, feeCode, budgetCode, amountVnd])).toEqual([
      ['2026-11-21', 'QN-006', '2805', 28_000],
      ['2026-11-21', 'QN-013', '2627', 300_000],
      ['2026-11-21', 'QN-013', '2633', 300_000],
      ['2026-11-22', 'QN-006', '2805', 28_000],
    ]);
  });

  it('count a receipt once that names the same fee twice', () => {
    const { groups, standing } = totalsOf([aRegistered(1, '2026-11-22', { lines: [{}, {}] })]);
    expect(groups).toMatchObject([{ receipts: 1, amountVnd: 56_000 }]);
    expect(standing).toEqual({ receipts: 1, amountVnd: 56_000 });
  });

  it('hold the money of a replaced receipt apart, so that it is not counted with its replacement', () => {
    const { standing, replaced } = totalsOf([
      aRegistered(1, '2026-11-22', { change: { state: 'replaced' } }),
      aRegistered(2, '2026-11-22', { change: { revision: 1 }, lines: [{ amountVnd: 30_000 }] }),
    ]);
    expect([standing, replaced]).toEqual([
      { receipts: 1, amountVnd: 30_000 },
      { receipts: 1, amountVnd: 28_000 },
    ]);
  });

  it('are those of the groups together', () => {
    const { groups, standing } = totalsOf([...aRun(1, 30, '2026-11-20'), ...aRun(31, 50)]);
    expect(groups.reduce((sum, { amountVnd }) => sum + amountVnd, 0)).toBe(standing.amountVnd);
  });
});

describe('the statement on a series', () => {
  it('shows numbers as their receipts do', () => {
    const proof = startSeriesProof(aSeries(9), 1);
    for (const number of [1, 2, 5]) proof.take(aRegistered(number));
    expect(statementOf(proof.conclude(5, undefined))).toBe('THIẾU SỐ: 00000003–00000004');
    expect(statementOf(proof.conclude(6, 9))).toBe(
      'THIẾU SỐ: 00000003–00000004, 00000006; VƯỢT SỐ ĐÃ CẤP CỦA KÝ HIỆU: 00000009',
    );
  });

  it('says so when nothing was issued', () => {
    expect(statementOf(startSeriesProof(aSeries(0), 1).conclude(0, undefined))).toContain('Không phát sinh');
  });
});

describe('a row of 01/TH-BLĐT', () => {
  it('is new, or names what it replaces and the day in whose table that one stands', () => {
    const [fresh] = daySummaryRowsOf(aRegistered(1, '2026-11-20'));
    expect(fresh).toMatchObject({ state: 'new', receipt: { number: '00000001' }, amountVnd: 28_000 });
    const replaces = { template: 'EBL01', series: '25T', number: 1, issuedOn: '2025-11-20', reason: 'Sai số tiền' };
    const [row] = daySummaryRowsOf(aRegistered(2, '2026-11-22', { content: { replaces } }));
    expect(row).toMatchObject({
      state: 'replacement',
      amendedPeriod: '2025-11-20',
      related: { series: '25T', number: '0000001' },
      explanation: 'Sai số tiền',
    });
  });
});

describe('the use of receipts in a quarter', () => {
  it.each([
    ['2025-Q1', '2025-01-01', '2025-03-31'],
    ['2026-Q2', '2026-04-01', '2026-06-30'],
    ['2025-Q4', '2025-10-01', '2025-12-31'],
  ])('covers all days of %s', (quarter, from, to) => {
    expect(periodOf(quarterSchema.parse(quarter))).toEqual({ from, to });
    expect(faultOfQuarter(quarterSchema.parse(quarter))).toBeUndefined();
  });

  it('is not reported from the third quarter of 2026 on', () => {
    expect(faultOfQuarter(quarterSchema.parse('2026-Q3'))).toContain('day');
  });

  it('counts every number that was used, and the money of what stands', () => {
    const proof = startSeriesProof(aSeries(2), 1);
    for (const receipt of aRun(1, 2)) proof.take(receipt);
    const empty = startSeriesProof(aSeries(0), 1).conclude(0, undefined);
    const tally = { receipts: 1, amountVnd: 28_000 };
    expect(
      usageRowsOf([
        { proof: proof.conclude(2, undefined), standing: tally },
        { proof: empty, standing: tally },
      ]),
    ).toMatchObject([{ typeCode: '1', used: 2, amountVnd: 28_000, firstNumber: 1, lastNumber: 2 }]);
  });

  it.each([
    ['EBL01', false],
    ['EBL02', true],
    ['01BLP0-001', false],
    ['02BLP0-001', true],
  ])('knows whether %s has a face value', (template, answer) => {
    expect(hasFaceValue(template)).toBe(answer);
  });
});
