import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { describeExplanation, explainStatement } from '#shared/reconciling/statements/explain-statement.ts';
import { loadStatement } from '#shared/reconciling/statements/load-statement.ts';
import type { StatementOrder } from '#shared/reconciling/statements/statement-order.ts';
import { openStatementBench, type StatementBench, statementDay } from '#test/support/statement-files.ts';

const settings = loadStatementLayouts('dev');
const order: StatementOrder = { gateway: 'vnpay', merchant: 'ttpvhcc', day: statementDay, settings };
const sample = (name: string) => fileURLToPath(new URL(`../../../fixtures/statements/${name}`, import.meta.url));

let bench: StatementBench;
beforeAll(async () => {
  bench = await openStatementBench();
});
afterAll(() => bench.close());

async function faultsOf(content: string | Uint8Array, change: Partial<StatementOrder> = {}) {
  const loaded = await loadStatement(bench.engine, bench.write(content), { ...order, ...change });
  return loaded.kind === 'loaded' ? [] : loaded.faults.map(({ line, code }) => `${line} ${code}`);
}

describe('the samples of the mappings', () => {
  it.each([
    [
      'vnpay',
      'vnpay.csv',
      [
        '4 4862039175110101 payment 1250000 success',
        '5 4862039175110202 payment 50000 success',
        '6 4862039175110303 payment 70000 failed',
        '7 4862039175110101 refund 250000 success',
      ],
    ],
    [
      'momo',
      'momo.csv',
      [
        '2 4862039175110404 payment 1250000 success',
        '3 4862039175110505 payment 50000 pending',
        '5 4862039175110404 refund 250000 success',
      ],
    ],
    [
      'zalopay',
      'zalopay.csv',
      [
        '2 261121_4862039175110606 payment 120000 success',
        '3 261121_4862039175110707 payment 80000 failed',
        '4 261121_4862039175110606 refund 20000 success',
      ],
    ],
    [
      'payos',
      'payos.xlsx',
      [
        '3 4862039175110909 payment 1250000 success',
        '4 4862039175111002 payment 50000 success',
        '5 4862039175111103 payment 70000 failed',
      ],
    ],
    [
      'sepay',
      'sepay.csv',
      [
        '2 DVC4862039175110808 payment 150000 success',
        '3 null payment 30000 success',
        '4 DVC4862039175110808 refund 20000 success',
      ],
    ],
  ])('of %s are read', async (gateway, file, rows) => {
    const loaded = await loadStatement(bench.engine, sample(file), { ...order, gateway });
    expect(loaded).toMatchObject({ kind: 'loaded', summary: { rows: rows.length } });
    const read = await bench.rows();
    expect(
      read.map(({ line, reference, kind, amountVnd, status }) => `${line} ${reference} ${kind} ${amountVnd} ${status}`),
    ).toEqual(rows);
    expect(new Set(read.map(({ businessDate }) => businessDate))).toEqual(new Set(['2026-11-21']));
  });

  it('tell milliseconds, two columns of day and time, and dates as numbers alike', async () => {
    await loadStatement(bench.engine, sample('zalopay.csv'), { ...order, gateway: 'zalopay' });
    expect((await bench.rows()).map(({ paidAt }) => paidAt)).toEqual([
      '2026-11-21T00:00:00.000Z',
      '2026-11-21T00:01:00.000Z',
      '2026-11-21T05:30:00.000Z',
    ]);
    await loadStatement(bench.engine, sample('payos.xlsx'), { ...order, gateway: 'payos' });
    expect((await bench.rows()).map(({ paidAt }) => paidAt)).toEqual([
      '2026-11-21T02:30:00.000Z',
      '2026-11-21T16:59:59.000Z',
      '2026-11-21T05:00:00.000Z',
    ]);
  });

  it('are refused under another gateway, which is named', async () => {
    const loaded = await loadStatement(bench.engine, sample('vnpay.csv'), { ...order, gateway: 'momo' });
    expect(loaded).toMatchObject({
      kind: 'refused',
      faults: [{ line: 0, code: 'other-partner', says: expect.stringContaining('vnpay-export') }],
    });
  });

  it('are refused for another account of the same gateway', async () => {
    const loaded = await loadStatement(bench.engine, sample('vnpay.csv'), { ...order, merchant: 'vpdkdd' });
    expect(loaded).toMatchObject({
      kind: 'refused',
      faults: [{ line: 4, column: 'Mã website', code: 'other-partner' }, {}, {}, {}],
    });
  });

  it('are explained before anybody takes them', async () => {
    const lines = describeExplanation(await explainStatement(bench.engine, sample('vnpay.csv'), order));
    expect(lines[0]).toBe('Mẫu: vnpay-export; tiêu đề ở dòng 3, phân cách bằng “,”.');
    expect(lines).toContain('  cột 6 “Số tiền” → amount');
    expect(lines).toContain(
      '  dòng 5: 4862039175110202 · 14000002 · 21/11/2026 23:59:59 · 50.000\u00a0đ · payment · success · VCB',
    );
    expect(lines.at(-1)).toBe('Tệp đọc được và sẽ được nhận.');
  });

  it('are explained with their faults, too', async () => {
    const lines = describeExplanation(await explainStatement(bench.engine, sample('sepay.csv'), order));
    expect(lines.at(-1)).toContain('sepay-export');
  });
});

describe('a table of a gateway', () => {
  const titles = 'Mã tham chiếu,Mã GD VNPAY,Thời gian giao dịch,Số tiền,Trạng thái,Loại giao dịch,Mã website';
  const good = '4862039175110101,14000001,21/11/2026 09:30:00,50000,Thành công,Thanh toán,BIENLAI1';
  const table = (...rows: readonly string[]) => `${[titles, ...rows].join('\n')}\n`;

  it.each([';', '|', '\t'])('finds out by itself that %j stands between columns', async (sign) => {
    expect(await faultsOf(table(good).replaceAll(',', sign))).toEqual([]);
  });

  it.each([
    ['a byte order mark', `\uFEFF${table(good)}`],
    ['UTF-16', Buffer.from(`\uFEFF${table(good)}`, 'utf16le')],
    ['line ends of Windows', table(good).replaceAll('\n', '\r\n')],
    ['line ends of an old Macintosh', table(good).replaceAll('\n', '\r')],
    ['mixed line ends', `${titles}\r\n${good}\n`],
    ['no line end at the end', table(good).trimEnd()],
    ['titles in other capitals and without accents', table(good).replace('Mã tham chiếu', 'MA THAM CHIEU')],
    ['letters that are put together from two signs', table(good).normalize('NFD')],
    ['rows without any text', table(good, ',,,,,,', '')],
    ['an apostrophe before an id', table(good.replace('4862', "'4862"))],
    ['spaces around its cells', table(good.replaceAll(',', ' , '))],
    ['a sum below', table(good, 'Tổng cộng,,,50000,,,')],
    ['separators of thousands', table(good.replace('50000', '"50,000"'))],
    ['decimals of zero', table(good.replace('50000', '50000.00'))],
    ['rows that are none of ours', table(good, good.replace('14000001', '15').replace('Thanh toán', 'Phí'))],
  ])('is read with %s', async (_, content) => {
    expect(await faultsOf(content)).toEqual([]);
    expect((await bench.rows()).map(({ reference, amountVnd }) => [reference, amountVnd])).toEqual([
      ['4862039175110101', 50_000],
    ]);
  });

  it.each([
    ['a cut quotation mark', table(good, good.replace('Thành công', '"Thành công')), ['3 truncated']],
    ['words behind a closed quotation mark', table(good, good.replace('Thành công', '"Thành" công')), ['3 layout']],
    [
      'a cut last line',
      table(good, good.replace('14000001', '15')).slice(0, -12),
      ['3 bad-status', '3 other-partner', '3 truncated'],
    ],
    ['a cell too many', table(`${good},x`), ['2 layout']],
    [
      'two columns of one title, of which one may be the net amount',
      table(`${good},49000`).replace('Mã website', 'Mã website,SỐ TIỀN'),
      ['1 layout'],
    ],
    ['a column less', table(good).replace('Số tiền', 'Tiền'), ['1 column-missing']],
    ['no titles', `${good}\n`, ['0 layout']],
    ['groups of two digits', table(good.replace('50000', '"5,00,00"')), ['2 bad-amount']],
    ['a comma for decimals', table(good.replace('50000', '"50000,50"')), ['2 bad-amount']],
    ['points for thousands, which may be decimals', table(good.replace('50000', '50.000')), ['2 bad-amount']],
    ['a negative amount, where none may be', table(good.replace('50000', '-50000')), ['2 bad-amount']],
    ['an amount that is a formula', table(good.replace('50000', '=5*10000')), ['2 bad-amount']],
    ['an amount beyond 2^53', table(good.replace('50000', '9007199254740992')), ['2 bad-amount']],
    ['an id that a spreadsheet rounded', table(good.replace('4862039175110101', '4.86204E+15')), ['2 bad-text']],
    ['an id that is a formula', table(good.replace('4862039175110101', '@SUM(A1)')), ['2 formula']],
    ['a line end in an id', table(good.replace('4862039175110101', '"4862039175\n110101"')), ['2 bad-text']],
    ['the American order of days', table(good.replace('21/11/2026', '11/21/2026')), ['2 bad-date']],
    ['another day', table(good.replace('21/11/2026', '22/11/2026')), ['2 wrong-day']],
    ['a status nobody knows', table(good.replace('Thành công', 'Ổn')), ['2 bad-status']],
    ['a kind nobody knows', table(good.replace('Thanh toán', 'Nạp')), ['2 bad-status']],
    ['a transaction twice', table(good, good), ['3 repeated-row']],
    [
      'a broken UTF-16 pair',
      Buffer.concat([Buffer.from(`\uFEFF${table(good)}`, 'utf16le'), Buffer.from([0x00, 0xd8, 0x20, 0x00])]),
      ['3 encoding'],
    ],
    [
      'several faults, all of them',
      table(good.replace('50000', 'x').replace('21/11', '31/02')),
      ['2 bad-date', '2 bad-amount'],
    ],
  ])('is refused with %s', async (_, content, faults) => {
    expect(await faultsOf(content)).toEqual(faults);
  });

  it('keeps the numbers of lines behind a cell of several lines', async () => {
    const wordy = `${titles},Nội dung\n${good},"một\nhai\n\nba"\n${good.replace('14000001', '15').replace('Thành công', 'Ổn')},x\n`;
    expect(await faultsOf(wordy)).toEqual(['6 bad-status']);
  });

  it('may reach over midnight as far as its mapping allows', async () => {
    const [vnpay] = settings.gateways;
    if (vnpay === undefined) throw new Error('dev has no mapping');
    const wider = { ...settings, gateways: [{ ...vnpay, edgeSeconds: 60 }] };
    const late = table(good.replace('21/11/2026 09:30:00', '22/11/2026 00:00:59'));
    expect(await faultsOf(late)).toEqual(['2 wrong-day']);
    expect(await faultsOf(late, { settings: wider })).toEqual([]);
    expect(await faultsOf(late.replace('00:00:59', '00:01:00'), { settings: wider })).toEqual(['2 wrong-day']);
  });

  it('is refused where the gateway has no mapping, and where the named one is none of its', async () => {
    expect(await faultsOf(table(good), { gateway: 'onepay', settings: { ...settings, gateways: [] } })).toEqual([
      '0 layout',
    ]);
    expect(await faultsOf(table(good), { layout: 'vnpay-old' })).toEqual(['0 layout']);
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7'), ['0 layout']],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), ['0 layout']],
    ['a packed file', Buffer.from([0x1f, 0x8b, 8, 0]), ['0 layout']],
    ['XML', '<?xml version="1.0"?><rows/>', ['0 layout']],
    ['bytes without meaning', Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0xfd]), ['1 encoding']],
  ])('is not %s', async (_, content, faults) => {
    expect(await faultsOf(content)).toEqual(faults);
  });
});
