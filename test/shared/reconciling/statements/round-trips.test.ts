import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import { loadStatement } from '#shared/reconciling/statements/load-statement.ts';
import {
  openStatementBench,
  projectFile,
  type ReadRow,
  type StatementBench,
  statementDay,
} from '#test/support/statement-files.ts';
import { workbookFile } from '#test/support/workbook-files.ts';

const settings = loadStatementLayouts('dev');
const seeds = Array.from({ length: 12 }, (_, index) => 20_261_121 + index);

let bench: StatementBench;
beforeAll(async () => {
  bench = await openStatementBench();
});
afterAll(() => bench.close());

type Written = Omit<ReadRow, 'line' | 'businessDate' | 'account'>;
type Random = (below: number) => number;

/** A small generator with a seed, so that a failure can be made again. */
function randomOf(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const midnight = Date.UTC(2026, 10, 20, 17);
const oddities = ['', 'VCB', 'Ngân hàng Á Châu', 'a,b', 'c;d', 'nói "vâng"', '12,5'];

function writtenRow(random: Random, index: number): Written {
  const second = [0, 1, 86_399, 43_200, random(86_400)][random(5)] ?? 0;
  const bank = oddities[random(oddities.length)] ?? '';
  return {
    reference: random(10) === 0 ? null : `48620391${String(random(99_999_999)).padStart(8, '0')}`,
    transactionId: `${random(9) + 1}${String(index).padStart(5, '0')}${random(999)}`,
    paidAt: new Date(midnight + second * 1000).toISOString(),
    amountVnd: [1, 999, 1000, 1_234_567, 999_999_999_999, random(5_000_000) + 1][random(6)] ?? 1,
    kind: random(8) === 0 ? 'refund' : 'payment',
    status: (['success', 'success', 'failed', 'pending'] as const)[random(4)] ?? 'success',
    bankCode: bank === '' ? null : bank,
  };
}

const local = (row: Written) => new Date(Date.parse(row.paidAt) + 7 * 3_600_000).toISOString();
const grouped = (amount: number, mark: string) => String(amount).replaceAll(/\B(?=(\d{3})+$)/g, mark);
const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

function projectOf(rows: readonly Written[]): string {
  const statuses: Readonly<Record<string, string>> = { success: '00', failed: '02', pending: '01' };
  const lines = rows.map((row) => {
    const amount = row.kind === 'refund' ? -row.amountVnd : row.amountVnd;
    return [
      row.reference ?? '',
      row.transactionId,
      local(row).replaceAll(/\D/g, '').slice(0, 14),
      amount,
      statuses[row.status],
      row.bankCode ?? '',
    ].join('|');
  });
  const total = rows
    .filter(({ status }) => status === 'success')
    .reduce((sum, { kind, amountVnd }) => sum + (kind === 'refund' ? -amountVnd : amountVnd), 0);
  return projectFile(lines, { total });
}

/** As VNPAY's mapping reads it, with whatever a spreadsheet does to a file on its way. */
function csvOf(rows: readonly Written[], random: Random): string | Uint8Array {
  const delimiter = [',', ';', '\t', '|'][random(4)] ?? ',';
  const lineEnd = random(2) === 0 ? '\n' : '\r\n';
  const words: Readonly<Record<string, string>> = {
    success: 'Thành công',
    failed: 'Thất bại',
    pending: 'Đang xử lý',
    payment: 'Thanh toán',
    refund: 'Hoàn tiền',
  };
  const titles = [
    'Số tiền',
    'Trạng thái',
    'Loại giao dịch',
    'Thời gian giao dịch',
    'Mã GD VNPAY',
    'Mã tham chiếu',
    'Mã website',
    'Ngân hàng',
    'Nội dung',
  ];
  const lines = rows.map((row) => {
    const [day = '', time = ''] = local(row).slice(0, 19).split('T');
    const reference = row.reference === null || random(2) === 0 ? (row.reference ?? '') : `="${row.reference}"`;
    const note = random(6) === 0 ? 'hai\ndòng' : '';
    return [
      grouped(row.amountVnd, ','),
      words[row.status] ?? '',
      words[row.kind] ?? '',
      `${day.split('-').toReversed().join('/')} ${time}`,
      row.transactionId ?? '',
      reference,
      'BIENLAI1',
      row.bankCode ?? '',
      note,
    ];
  });
  const text = [titles, ...lines]
    .map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter) + lineEnd)
    .join('');
  const forms = [text, `\uFEFF${text}`, Buffer.from(`\uFEFF${text}`, 'utf16le')];
  return forms[random(forms.length)] ?? text;
}

/** As MoMo's mapping reads it. */
function workbookOf(rows: readonly Written[], random: Random): Uint8Array {
  const words: Readonly<Record<string, string>> = { success: 'Thành công', failed: 'Thất bại', pending: 'Đang xử lý' };
  const cells = rows.map((row) => {
    const amount = row.kind === 'refund' ? -row.amountVnd : row.amountVnd;
    const days = (Date.parse(local(row)) - Date.UTC(1899, 11, 30)) / 86_400_000;
    const time = [{ day: days }, days, local(row).slice(0, 19).replace('T', ' ')][random(3)] ?? null;
    const sign = amount < 0 ? '-' : '';
    return [
      row.reference,
      row.transactionId,
      time,
      random(2) === 0 ? amount : `${sign}${grouped(row.amountVnd, '.')} đ`,
      words[row.status] ?? '',
    ];
  });
  return workbookFile({
    rows: [['Báo cáo'], ['Mã đơn hàng', 'Mã giao dịch', 'Thời gian', 'Số tiền', 'Trạng thái'], ...cells],
  });
}

async function readBack(gateway: string, content: string | Uint8Array): Promise<readonly Written[]> {
  const loaded = await loadStatement(bench.engine, bench.write(content), { gateway, day: statementDay, settings });
  if (loaded.kind === 'refused') throw new Error(`refused: ${JSON.stringify(loaded.faults.slice(0, 3))}`);
  return (await bench.rows()).map(({ line: _line, businessDate: _day, account: _account, ...row }) => row);
}

describe('rows that are written', () => {
  it.each(seeds)('come back the same from every format, with seed %i', async (seed) => {
    const random = randomOf(seed);
    const rows = Array.from({ length: 1 + random(60) }, (_, index) => writtenRow(random, index));
    expect(await readBack('vnpay', projectOf(rows))).toEqual(rows);
    expect(await readBack('vnpay', csvOf(rows, random))).toEqual(rows);
    expect(await readBack('momo', workbookOf(rows, random))).toEqual(rows.map((row) => ({ ...row, bankCode: null })));
  });
});
