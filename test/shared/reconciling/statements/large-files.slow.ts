import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { loadStatement } from '#shared/reconciling/statements/load-statement.ts';
import { openStatementBench, type StatementBench, statementDay } from '#test/support/statement-files.ts';
import { workbookFile } from '#test/support/workbook-files.ts';

const settings = loadStatementLayouts('dev');
const order = { day: statementDay, settings };
const million = 1_000_000;

let bench: StatementBench;
beforeAll(async () => {
  bench = await openStatementBench();
});
afterAll(() => bench.close());

const timeOf = (index: number, count: number) => {
  const second = Math.floor((index * 86_400) / count);
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
};

describe('files of a day with very many transactions', () => {
  it('are read in the project layout within 300 MB of the database', async () => {
    const rows = Array.from(
      { length: million },
      (_, index) =>
        `DTL|${4_862_039_175_110_100 + index}|${14_000_000 + index}|20261121${timeOf(index, million).join('')}|50000|00|NCB\n`,
    );
    const before = `HDR|BIENLAI1|20261121|${million}|${million * 50_000}\n${rows.join('')}`;
    const file = bench.write(`${before}TRL|${createHash('sha256').update(before).digest('hex')}\n`);
    const loaded = await loadStatement(bench.engine, file, { ...order, gateway: 'vnpay' });
    expect(loaded).toMatchObject({ kind: 'loaded', summary: { rows: million, successSumVnd: million * 50_000 } });
  }, 120_000);

  it('keep the number of the last line when every row is of two lines', async () => {
    const rows = Array.from(
      { length: million / 2 },
      (_, index) =>
        `${index};${14_000_000 + index};2026-11-21 ${timeOf(index, million / 2).join(':')};50000;Thành công;"hai\ndòng"\n`,
    );
    const content = `Mã đơn hàng;Mã giao dịch;Thời gian;Số tiền;Trạng thái;Ghi chú\n${rows.join('')}x;1;2026-11-21 10:00:00;50000;Ổn;\n`;
    const loaded = await loadStatement(bench.engine, bench.write(content), { ...order, gateway: 'momo' });
    expect(loaded).toMatchObject({ kind: 'refused', faults: [{ line: million + 2, code: 'bad-status' }], unlisted: 0 });
  }, 120_000);

  it('are read from a workbook piece by piece', async () => {
    const count = 200_000;
    const titles = ['Mã đơn hàng', 'Mã giao dịch', 'Thời gian', 'Số tiền', 'Trạng thái'];
    const rows = Array.from({ length: count }, (_, index) => [
      `${4_862_039_175_110_100 + index}`,
      `${14_000_000 + index}`,
      { day: 46_347 + index / count },
      50_000,
      'Thành công',
    ]);
    const loaded = await loadStatement(bench.engine, bench.write(workbookFile({ rows: [titles, ...rows] })), {
      ...order,
      gateway: 'momo',
    });
    expect(loaded).toMatchObject({ kind: 'loaded', summary: { rows: count, successSumVnd: count * 50_000 } });
  }, 120_000);
});
