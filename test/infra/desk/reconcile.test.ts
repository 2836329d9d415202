import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { projectStatementText } from '#infra/desk/sample-files.ts';
import type { SampleStatementRow } from '#infra/desk/sample-plot.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';

const script = fileURLToPath(new URL('../../../infra/desk/reconcile.ts', import.meta.url));
const results = ['exceptions.csv', 'exceptions.xlsx', 'result.parquet', 'so-doi-soat.csv', 'summary.json'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-reconcile-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function reconcile(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env: inheritCompileCache() }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const summarySchema = z.looseObject({
  classes: z.record(z.string(), z.strictObject({ count: z.int(), sum: z.int() })),
  exceptions: z.int(),
  bank: z.optional(z.looseObject({})),
  payIn: z.optional(z.looseObject({})),
});

/** The one line of JSON. */
function summaryOf({ stdout }: Ended) {
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return summarySchema.parse(JSON.parse(stdout));
}

const row = (index: number, at: string, amount = 28_000): SampleStatementRow => ({
  reference: `100000000000${index}`,
  transactionId: `1400${index}`,
  at,
  amount,
  kind: 'payment',
  status: 'success',
  account: '',
});

async function writeFiles(files: Readonly<Record<string, string>>): Promise<(name: string) => string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return (name) => join(folder, name);
}

const bankText = (...lines: readonly string[]) => `${['Ngày;Có;Nợ;Nội dung', ...lines].join('\n')}\n`;
const statementOf = (day: string, rows: readonly SampleStatementRow[]) =>
  projectStatementText(rows, 'VNPAY', businessDateSchema.parse(day));

const ledger = [
  'reference,gatewayTxnId,amountVnd,state,paidAt,receipt',
  '1000000000001,14001,28000,paid,2026-11-22T02:00:00.000Z,1K26TAA-1',
  '1000000000002,14002,28000,paid,2026-11-21T16:59:59.000Z,1K26TAA-2',
  '1000000000003,14003,30000,paid,2026-11-22T16:59:59.000Z,1K26TAA-3',
  '1000000000005,14005,28000,paid,2026-11-22T05:00:00.000Z,',
].join('\n');
const day = ['--gateway', 'vnpay', '--day', '2026-11-22'];

describe('npm run reconcile', () => {
  it('finds in a sample day exactly what was planted, and writes everything', async () => {
    const out = join(folder, 'demo');
    const ended = await reconcile('--demo', '--seed', '7', '--out', out);
    expect(ended.stderr).not.toContain('SAI\n');
    expect(ended.code).toBe(0);
    const { classes } = summaryOf(ended);
    expect(Object.keys(classes)).toEqual(reconciliationClasses);
    expect(Object.values(classes).filter(({ count }) => count === 0)).toEqual([]);
    expect((await readdir(join(out, 'ket-qua'))).toSorted()).toEqual(['matched.parquet', ...results].toSorted());
  });

  it('reconciles plain files with the files of the neighbours in any order, the bank and the treasury', async () => {
    const at = await writeFiles({
      'ledger.csv': `${ledger}\n`,
      'after.txt': statementOf('2026-11-23', [row(3, '2026-11-23 00:00:01', 30_000)]),
      'own.txt': statementOf('2026-11-22', [
        row(1, '2026-11-22 09:00:00'),
        row(2, '2026-11-22 00:00:01'),
        row(4, '2026-11-22 10:00:00'),
      ]),
      'bank.csv': bankText('22/11/2026;82.900;0;VNPAY', '22/11/2026;5.000;0;nop tien mat', '21/11/2026;9;0;VNPAY'),
      'pay-in.csv': bankText('23/11/2026;0;80.000;nop ngan sach'),
    });
    const out = join(folder, 'plain');
    const files = ['--ledger', at('ledger.csv'), '--statement', at('after.txt'), '--statement', at('own.txt')];
    const bank = ['--bank', at('bank.csv'), '--bank-content', 'vnpay', '--fee-each', '200', '--fee-percent', '0.5'];
    const payIn = ['--pay-in', at('pay-in.csv'), '--pay-in-day', '2026-11-23', '--kept', '2900'];
    const ended = await reconcile(...day, ...files, ...bank, ...payIn, '--out', out);
    expect(ended.stderr).toContain('LỆCH');
    expect(ended.code).toBe(0);
    const summary = summaryOf(ended);
    const { classes, exceptions } = summary;
    expect(summary.bank).toMatchObject({ expectedVnd: 84_000 - 3 * 340, foundVnd: 82_900, differenceVnd: -80 });
    expect(summary.payIn).toMatchObject({ expectedVnd: 80_000, foundVnd: 80_000, differenceVnd: 0 });
    const found = Object.entries(classes).filter(([, { count }]) => count > 0);
    expect(Object.fromEntries(found)).toEqual({
      KHOP: { count: 1, sum: 28_000 },
      THIEU_NOI_BO: { count: 1, sum: 28_000 },
      THIEU_DOI_TAC: { count: 1, sum: 28_000 },
      LECH_NGAY: { count: 2, sum: 58_000 },
    });
    expect(exceptions).toBe(2);
    expect((await readdir(out)).toSorted()).toEqual(results);
    expect(JSON.parse(await readFile(join(out, 'summary.json'), 'utf8'))).toEqual(JSON.parse(ended.stdout));
    const [header, first] = (await readFile(join(out, 'exceptions.csv'), 'utf8')).split('\r\n');
    expect(header).toMatch(/^\uFEFFKết quả,Diễn giải,Cần xử lý,Mã tham chiếu,Mã giao dịch,Thời điểm,Cổng: dòng,/);
    expect(first).toBe(
      `THIEU_NOI_BO,"Cổng có, sổ không có",có,'1000000000004,14004,22/11/2026 10:00:00,4,22/11/2026,28000,thu,success,,,,,28000,,,`,
    );
  });

  it('refuses files with every fault and its line, and writes nothing', async () => {
    const at = await writeFiles({
      'bad-ledger.csv': `${ledger}\n1000000000009,14009,12.5,paid,2026-11-22T05:00:00.000Z,\n`,
      'cut.txt': statementOf('2026-11-22', [row(1, '2026-11-22 09:00:00')]).replace(/^TRL.*\n/m, ''),
    });
    const out = join(folder, 'refused');
    const ended = await reconcile(...day, '--ledger', at('bad-ledger.csv'), '--statement', at('cut.txt'), '--out', out);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/Từ chối \(refused\) bad-ledger\.csv:\n {2}dòng 6.*12\.5.*\[bad-amount\]/);
    expect(ended.stderr).toMatch(/Từ chối \(refused\) cut\.txt:\n {2}cả tệp: .*\[truncated\]/);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });

  it.each([
    [
      ['--gateway', 'vnpay'],
      /thiếu \(missing\) --day; thiếu \(missing\) --ledger; thiếu \(missing\) --statement; thiếu \(missing\) --out/,
    ],
    [[...day, '--day', '22/11/2026'], /--day: must be a date/],
    [['--ledgre', 'x'], /Unknown option '--ledgre'/],
    [['--demo', '--ledger', 'x'], /--ledger không dùng ở đây/],
  ])('says what it did not understand of %j, and ends with 2', async (args, message) => {
    const ended = await reconcile(...args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(message);
  });
});
