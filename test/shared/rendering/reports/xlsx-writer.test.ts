import { describe, expect, it } from '@jest/globals';
import { numberColumn, type ReportTable, textColumn } from '#shared/rendering/reports/report-table.ts';
import { XlsxWriter } from '#shared/rendering/reports/xlsx-writer.ts';
import { dataOf, pythonIsPresent, readWorkbook } from '#test/support/spreadsheets.ts';

const table: ReportTable = {
  name: 'Bảng kê',
  fileEnding: '',
  heading: ['BẢNG KÊ <1> & "2"', 'Kỳ: ngày 22/11/2026'],
  columns: [textColumn('Số', 10), numberColumn('Số tiền', 14)],
};
const second: ReportTable = { ...table, name: 'Tổng hợp' };

async function write(
  rows: readonly (readonly [string | null, number | string])[],
  tables: readonly ReportTable[] = [table],
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const writer = new XlsxWriter(tables, (bytes) => Promise.resolve(void parts.push(bytes)));
  for (const row of rows) await writer.addRow(row);
  await writer.close();
  return Buffer.concat(parts);
}

const whenPython = pythonIsPresent() ? describe : describe.skip;

whenPython('a workbook, read by another reader', () => {
  it('keeps ids as texts with all their digits, amounts as numbers with separators, and the titles in sight', async () => {
    const [sheet] = readWorkbook(await write([['00000123', 9_999_999_999]]));
    expect(sheet).toMatchObject({ name: 'Bảng kê', frozenRows: 3 });
    expect(sheet?.rows.slice(0, 3).map((row) => row.map(({ value }) => value))).toEqual([
      ['BẢNG KÊ <1> & "2"'],
      ['Kỳ: ngày 22/11/2026'],
      ['Số', 'Số tiền'],
    ]);
    expect(sheet?.rows[3]).toEqual([
      { value: '00000123', isNumber: false, format: 49 },
      { value: '9999999999', isNumber: true, format: 3 },
    ]);
  });

  it.each([
    ['=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'],
    ['<Nguyễn> & “Trần”', '<Nguyễn> & “Trần”'],
    ['  hai  dấu cách ', '  hai  dấu cách '],
    ['Nguye\u0302\u0303n', 'Nguyễn'],
    ['a\u0000b\u001fc\uFFFFd', 'a\uFFFDb\uFFFDc\uFFFDd'],
    ['lone \uD800 half', 'lone \uFFFD half'],
    ['_x0041_', '_x005F_x0041_'],
    ['🧾', '🧾'],
    [null, ''],
  ])('never fails on a text, nor runs it: %j', async (text, shown) => {
    expect(dataOf(readWorkbook(await write([[text, 1]]))[0])).toEqual([[shown, '1']]);
  });

  it('has a sheet for each table, also for one without rows', async () => {
    const [first, last] = readWorkbook(await write([['1', 1]], [table, second]));
    expect([first?.name, dataOf(first).length, last?.name, dataOf(last).length]).toEqual(['Bảng kê', 1, 'Tổng hợp', 0]);
  });

  it('writes a hundred thousand rows through a buffer that stays small', async () => {
    let largest = 0;
    let parts: Uint8Array[] = [];
    const writer = new XlsxWriter([table], (bytes) => {
      largest = Math.max(largest, bytes.length);
      return Promise.resolve(void parts.push(bytes));
    });
    for (let row = 1; row <= 100_000; row += 1) await writer.addRow([String(row).padStart(8, '0'), row]);
    await writer.close();
    expect(largest).toBeLessThan(1_000_000);
    const data = dataOf(readWorkbook(Buffer.concat(parts))[0]);
    parts = [];
    expect([data.length, data.at(-1)]).toEqual([100_000, ['00100000', '100000']]);
  });
});

describe('a workbook', () => {
  it('has the same bytes for the same rows', async () => {
    const once = await write([['1', 1]]);
    expect((await write([['1', 1]])).equals(once)).toBe(true);
  });

  it('refuses a row beyond the last table', async () => {
    const writer = new XlsxWriter([table], () => Promise.resolve());
    await writer.endTable();
    await expect(writer.addRow(['1', 1])).rejects.toThrow('has no further one');
  });
});
