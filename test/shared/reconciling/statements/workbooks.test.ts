import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { loadStatement } from '#shared/reconciling/statements/load-statement.ts';
import type { StatementOrder } from '#shared/reconciling/statements/statement-order.ts';
import { openStatementBench, type StatementBench, statementDay } from '#test/support/statement-files.ts';
import { type TestCell, type TestWorkbook, workbookEntries, workbookFile } from '#test/support/workbook-files.ts';

const settings = loadStatementLayouts('dev');
const order: StatementOrder = { gateway: 'momo', day: statementDay, settings };
const titles = ['Mã đơn hàng', 'Mã giao dịch', 'Thời gian', 'Số tiền', 'Trạng thái'];
const noon = 46_347.5;
const row = (...change: readonly TestCell[]): readonly TestCell[] =>
  ['4862039175110404', '2300000001', { day: noon }, 50_000, 'Thành công'].map((cell, index) => change[index] ?? cell);
const sheet = (rows: readonly (readonly TestCell[])[], more: Partial<TestWorkbook> = {}) =>
  workbookFile({ rows: [titles, ...rows], ...more });

let bench: StatementBench;
beforeAll(async () => {
  bench = await openStatementBench();
});
afterAll(() => bench.close());

async function load(content: Uint8Array, change: Partial<StatementOrder> = {}) {
  return loadStatement(bench.engine, bench.write(content), { ...order, ...change });
}

async function faultsOf(content: Uint8Array, change: Partial<StatementOrder> = {}) {
  const loaded = await load(content, change);
  return loaded.kind === 'loaded' ? [] : loaded.faults.map(({ line, code }) => `${line} ${code}`);
}

describe('a workbook', () => {
  it('is read with texts, shared texts and numbers, under the numbers of its rows', async () => {
    const rows = [row(), row(4_862_039_175_110_505, 2_300_000_002, { day: noon }, 70_000, { shared: 0 })];
    expect(await faultsOf(sheet(rows, { shared: ['Đang xử lý'], firstRow: 7 }))).toEqual([]);
    expect(await bench.rows()).toEqual([
      expect.objectContaining({
        line: 8,
        reference: '4862039175110404',
        transactionId: '2300000001',
        amountVnd: 50_000,
        paidAt: '2026-11-21T05:00:00.000Z',
      }),
      expect.objectContaining({
        line: 9,
        reference: '4862039175110505',
        transactionId: '2300000002',
        status: 'pending',
      }),
    ]);
  });

  it.each([
    ['a date as a number in a date format', { day: 46_347.25 }, '2026-11-20T23:00:00.000Z'],
    ['a date as a number without a format', 46_347.25, '2026-11-20T23:00:00.000Z'],
    ['the last second of the day', { day: 46_347 + 86_399 / 86_400 }, '2026-11-21T16:59:59.000Z'],
    ['a day without a time', { day: 46_347 }, '2026-11-20T17:00:00.000Z'],
    ['a text', '2026-11-21 06:00:00', '2026-11-20T23:00:00.000Z'],
  ])('tells the time by %s', async (_, cell, paidAt) => {
    expect(await faultsOf(sheet([row(null, null, cell)]))).toEqual([]);
    expect(await bench.rows()).toMatchObject([{ paidAt }]);
  });

  it('may count its days from 1904', async () => {
    expect(await faultsOf(sheet([row(null, null, { day: noon - 1462 })], { from1904: true }))).toEqual([]);
    expect(await bench.rows()).toMatchObject([{ paidAt: '2026-11-21T05:00:00.000Z' }]);
  });

  it.each([
    ['a fraction of a đồng', row(null, null, null, 50_000.5), ['2 bad-amount']],
    ['a negative fraction that grouped digits could hide', row(null, null, null, -1234.567), ['2 bad-amount']],
    ['an amount beyond 2^53', row(null, null, null, 9.007199254740994e15), ['2 bad-amount']],
    ['an id that may have lost its last digit', row(4_862_039_175_110_410), ['2 bad-text']],
    ['an error for an amount', row(null, null, null, '#REF!'), ['2 bad-amount']],
    ['a day outside of all calendars', row(null, null, 1e9), ['2 bad-date']],
  ])('is refused for %s', async (_, wrong, faults) => {
    expect(await faultsOf(sheet([wrong]))).toEqual(faults);
  });

  it('with formulas is refused, each by its address', async () => {
    const loaded = await load(
      sheet([
        row(),
        row('4862039175110505', '2', null, { formula: 'D2*2', value: 100_000 }),
        ['Tổng', null, null, { formula: 'SUM(D2:D3)', value: 150_000 }],
      ]),
    );
    expect(loaded).toMatchObject({
      kind: 'refused',
      faults: [
        { line: 3, column: 'D', code: 'formula', says: expect.stringContaining('Ô D3') },
        { line: 4, column: 'D', code: 'formula', says: expect.stringContaining('Ô D4') },
      ],
    });
  });

  it('passes over sums and empty rows', async () => {
    expect(await faultsOf(sheet([row(), [null], ['Tổng cộng', null, null, 50_000]]))).toEqual([]);
    expect(await bench.rows()).toHaveLength(1);
  });

  it('has the sheet that the mapping names, or says which it has', async () => {
    const [, momo] = settings.gateways;
    if (momo === undefined) throw new Error('dev has lost a mapping');
    const named = { settings: { ...settings, gateways: [{ ...momo, sheet: 'Chi tiết' }] } };
    expect(await faultsOf(sheet([row()], { sheetName: 'Chi tiết' }), named)).toEqual([]);
    const loaded = await load(sheet([row()]), named);
    expect(loaded).toMatchObject({
      kind: 'refused',
      faults: [{ code: 'layout', says: expect.stringContaining('“Giao dịch”') }],
    });
  });
});

describe('an archive', () => {
  const entries = workbookEntries({ rows: [titles, row()] });
  const sheetPath = 'xl/worksheets/sheet1.xml';

  it('of zeros is not unpacked', async () => {
    expect(await faultsOf(zipSync({ ...entries, 'xl/media/bomb.bin': new Uint8Array(32 * 1024 * 1024) }))).toEqual([
      '0 unsafe-archive',
    ]);
  });

  it('that promises less than it holds is left at the first byte too much', async () => {
    const wordy = workbookFile({
      rows: [titles, ...Array.from({ length: 500 }, (_, index) => row(null, String(index)))],
    });
    const honest = wordy.slice();
    const size = new DataView(honest.buffer);
    const place = Buffer.from(honest).lastIndexOf(Buffer.concat([Buffer.from('xl/worksheets/sheet1.xml')]));
    size.setUint32(place - 46 + 24, 1000, true);
    expect(await faultsOf(honest)).toContain('0 unsafe-archive');
  });

  it.each([
    ['cut', (bytes: Uint8Array) => bytes.slice(0, -200)],
    [
      'damaged within',
      (bytes: Uint8Array) => bytes.map((byte, index) => (index > 300 && index < 420 ? byte ^ 0x5a : byte)),
    ],
  ])('that was %s is refused', async (_, damage) => {
    expect(await faultsOf(damage(sheet([row()])))).toEqual(['0 unsafe-archive']);
  });

  it.each([
    [
      'a DTD with an entity bomb',
      { prolog: '<!DOCTYPE worksheet [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' },
      '0 unsafe-xml',
    ],
    ['an external DTD', { prolog: '<!DOCTYPE worksheet SYSTEM "file:///etc/passwd">' }, '0 unsafe-xml'],
    [
      'XML that ends too early',
      { sheetXml: '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>' },
      '0 unsafe-archive',
    ],
    [
      'a row beyond the last',
      { sheetXml: '<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>' },
      '1048577 too-large',
    ],
    [
      'rows in disorder',
      { sheetXml: '<worksheet><sheetData><row r="2"/><row r="2"/></sheetData></worksheet>' },
      '0 unsafe-archive',
    ],
    [
      'a text that is not there',
      { sheetXml: '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData></worksheet>' },
      '0 unsafe-archive',
    ],
  ])('with %s is refused', async (_, change, fault) => {
    expect(await faultsOf(workbookFile({ rows: [titles, row()], ...change }))).toEqual([fault]);
  });

  it.each([
    ['no workbook in it', { 'readme.txt': strToU8('hello') }, 'layout'],
    [
      'no sheet in it',
      Object.fromEntries(Object.entries(entries).filter(([name]) => name !== sheetPath)),
      'unsafe-archive',
    ],
  ])('with %s is refused', async (_, content, code) => {
    expect(await faultsOf(zipSync(content))).toEqual([`0 ${code}`]);
  });

  it('is read by the local names of its elements, whatever their prefixes', async () => {
    const xml = new TextDecoder()
      .decode(entries[sheetPath])
      .replace('xmlns=', 'xmlns:x=')
      .replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:');
    expect(await faultsOf(zipSync({ ...entries, [sheetPath]: strToU8(xml) }))).toEqual([]);
  });
});
