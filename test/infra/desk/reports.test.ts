import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { localAccount } from '#infra/local/local-account.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { receiptItem, receiptKey, seriesItem } from '#shared/adapters/payment-items.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { aRegistered, aRun, aSeries } from '#test/support/register-scene.ts';
import { dataOf, pythonIsPresent, readWorkbook } from '#test/support/spreadsheets.ts';

const script = fileURLToPath(new URL('../../../infra/desk/reports.ts', import.meta.url));
const mst = ['--mst', '5709990011'];
const by = ['--by', 'kt.lan'];

let table: Table;
let environment: Record<string, string>;
let folder: string;

/** Two lines of different fees, and the payer's attempt at a formula. */
const twoLines = aRegistered(131, '2026-11-21', {
  content: { payer: { name: '=cmd|calc' } },
  lines: [{ amountVnd: 28_000 }, { feeCode: 'QN-013', name: 'Phí thẩm định', budgetCode: '2627', amountVnd: 300_000 }],
});
const replaced = aRegistered(132, '2026-11-21', { change: { state: 'replaced' } });
const replacement = aRegistered(133, '2026-11-22', {
  change: { revision: 1 },
  content: {
    replaces: { template: 'EBL01', series: '26TAA', number: 132, issuedOn: '2026-11-21', reason: 'Sai số tiền' },
  },
});
const receipts = [...aRun(1, 130, '2026-11-20'), twoLines, replaced, replacement, ...aRun(134, 150)];
const ofSpring = ['2026-05-04', '2026-05-04', '2026-05-05', '2026-06-30'].map((day, index) =>
  aRegistered(index + 1, day, { change: { chargeNumber: '02' }, content: { profile: 'P2', series: '26T' } }),
);

beforeAll(async () => {
  const { tableName, documentClient, endpoint } = await startTestTable();
  table = { client: documentClient, name: tableName };
  const items = [
    seriesItem(aSeries(150)),
    seriesItem(aSeries(4, { series: '26T' })),
    ...receipts.map(receiptItem),
    ...ofSpring.map(receiptItem),
  ];
  for (const Item of items) await table.client.send(new PutCommand({ TableName: tableName, Item }));
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-reports-'));
  environment = {
    ...inheritCompileCache(),
    TABLE_NAME: tableName,
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  };
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function reports(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env: environment, cwd: folder }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

const textOf = (file: string) => readFile(join(folder, file), 'utf8');
const linesOf = async (file: string) => (await textOf(file)).trimEnd().split('\r\n');

describe('npm run reports -- register', () => {
  it('writes receipts, sums and the proof of the numbers, each as a CSV file', async () => {
    const ended = await reports('register', ...mst, '--series', '26TAA', ...by, '--out', 'ke.csv', '--separator', ';');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('26TAA: Dãy số liên tục, không thiếu, không trùng: 150 biên lai');
    const rows = await linesOf('ke.csv');
    expect(rows).toHaveLength(152);
    expect(rows[0]).toBe(
      '\uFEFFSTT;Ký hiệu mẫu;Ký hiệu;Số;Ngày lập;Người nộp;Mã hồ sơ;Mã TTHC;Khoản thu;Số tiền;Kênh;Mã giao dịch;Trạng thái',
    );
    expect(rows[131]).toBe(
      "131;EBL01;26TAA;'00000131;21/11/2026;'=cmd|calc;H49.14-261122-0001;1.013831;" +
        'Lệ phí chứng nhận đăng ký biến động về đất đai (tại phường);28000;vnpay;14422574;Đã ký số',
    );
    const sums = await linesOf('ke-tong-hop.csv');
    expect(sums.filter((line) => line.includes('QN-013'))).toEqual([
      '21/11/2026;Văn phòng Đăng ký đất đai tỉnh Quảng Ninh;5709990011;Lệ phí;QN-013;Phí thẩm định;2627;1;300000;',
    ]);
    expect(sums.at(-2)).toBe('Tổng cộng;;;;;;;149;4472000;Bốn triệu bốn trăm bảy mươi hai nghìn đồng');
    expect(sums.at(-1)).toContain('Đã bị thay thế, không cộng;;;;;;;1;28000;');
    expect((await linesOf('ke-day-so.csv'))[1]).toMatch(/^5709990011;EBL01;26TAA;150;'00000001;'00000150;4472000;/);
  });

  it('takes the days that are asked for', async () => {
    const ended = await reports(
      'register',
      '--series',
      '26TAA',
      '--from',
      '2026-11-21',
      '--to',
      '2026-11-21',
      ...by,
      '--out',
      'ngay.csv',
    );
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('2 biên lai từ số 00000131 đến số 00000132') });
    expect(await linesOf('ngay.csv')).toHaveLength(4);
  });

  (pythonIsPresent() ? it : it.skip)('writes one workbook with three sheets', async () => {
    expect(await reports('register', ...mst, '--series', '26TAA', ...by, '--out', 'ke.xlsx')).toMatchObject({
      code: 0,
    });
    const [list, sums, series] = readWorkbook(await readFile(join(folder, 'ke.xlsx')));
    expect([list?.name, sums?.name, series?.name]).toEqual(['Bảng kê', 'Tổng hợp', 'Dãy số']);
    expect(list?.rows[3]?.[0]?.value).toMatch(/^Người lập: kt\.lan, lúc /);
    expect(dataOf(list)[130]).toEqual(expect.arrayContaining(['00000131', '=cmd|calc', '28000']));
    expect(dataOf(sums).at(-2)?.slice(-2)).toEqual(['4472000', 'Bốn triệu bốn trăm bảy mươi hai nghìn đồng']);
    expect(dataOf(series)[0]?.at(-1)).toContain('Dãy số liên tục');
  });

  it('names every number that is missing, and ends with 1', async () => {
    const lost = receipts.slice(20, 23);
    for (const receipt of lost) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: receiptKey(receipt) }));
    }
    const ended = await reports('register', ...mst, ...by, '--out', 'thieu.csv');
    for (const receipt of lost) {
      await table.client.send(new PutCommand({ TableName: table.name, Item: receiptItem(receipt) }));
    }
    expect(ended).toMatchObject({ code: 1, out: expect.stringContaining('26TAA: THIẾU SỐ: 00000021–00000023') });
    expect(ended.out).toContain('THIẾU 3 số');
    expect(await textOf('thieu-day-so.csv')).toContain('THIẾU SỐ: 00000021–00000023');
  });
});

describe('npm run reports -- day', () => {
  it('writes the thirteen columns of 01/TH-BLĐT, with what a replacement replaces', async () => {
    const ended = await reports('day', ...mst, '--date', '2026-11-22', '--out', 'th.csv');
    expect(ended).toMatchObject({ code: 0 });
    const [head = '', first = '', next = ''] = await linesOf('th.csv');
    expect(head.split(',').filter((title) => /\(\d+\)$/.test(title))).toHaveLength(12);
    expect(first).toMatch(
      /^1,EBL01,26TAA,'00000133,22\/11\/2026,.*,28000,,Thay thế,21\/11\/2026,EBL01 26TAA số 00000132 ngày 21\/11\/2026,Sai số tiền,$/,
    );
    expect(next).toMatch(/,Mới,,,,$/);
  });
});

describe('npm run reports -- bc26', () => {
  it('counts what was used in a quarter', async () => {
    const ended = await reports('bc26', ...mst, '--quarter', '2026-Q2', '--out', 'bc26.xml');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(await textOf('bc26.xml')).toContain(
      '<DLieu><TLoai>1</TLoai><KHMCTu>EBL01</KHMCTu><KHCTu>26T</KHCTu><SLuong>4</SLuong><TgTien>112000</TgTien></DLieu>',
    );
  });

  it('refuses a quarter that has no such report any more, and leaves no file', async () => {
    const ended = await reports('bc26', ...mst, '--quarter', '2026-Q3', '--out', 'q3.xml');
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('01/TH-BLĐT') });
    expect((await readdir(folder)).filter((file) => file.startsWith('q3'))).toEqual([]);
  });
});

describe('npm run reports', () => {
  it('names every option that is missing, wrong or of another command', async () => {
    const { code, err } = await reports('register', '--from', '22/11/2026', '--quarter', '2026-Q2', '--out', 'x.xml');
    expect(code).toBe(2);
    for (const fault of ['--from', 'thiếu --by', '--quarter không thuộc lệnh này', '--format']) {
      expect(err).toContain(fault);
    }
  });

  it.each([
    [['register', ...by, '--out', 'x.csv'], 'Cần --mst'],
    [
      ['register', ...mst, ...by, '--from', '2026-11-22', '--to', '2026-11-21', '--out', 'x.csv'],
      '--to phải không trước',
    ],
    [['register', '--mst', '0000000000', ...by, '--out', 'x.csv'], 'units.json'],
    [['register', ...mst, '--series', '26TZZ', ...by, '--out', 'x.csv'], 'không có ký hiệu 26TZZ'],
  ])('says what is wrong with %j', async (args, fault) => {
    expect(await reports(...args)).toMatchObject({ code: 2, err: expect.stringContaining(fault) });
    expect(await readdir(folder)).not.toContain('x.csv');
  });

  it('helps in Vietnamese, and does so for a word that it does not know', async () => {
    expect(await reports('--help')).toMatchObject({ code: 0, out: expect.stringContaining('bảng kê biên lai') });
    expect(await reports('toString')).toMatchObject({ code: 2, out: expect.stringContaining('register') });
  });
});
