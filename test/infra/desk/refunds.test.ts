import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refundsAsCsv, refundsAsText } from '#infra/desk/refund-list.ts';
import { readRefundCommand } from '#infra/desk/refund-options.ts';
import { refundViewSchema } from '#schemas/refund.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';
import { functionEnvironment } from '#test/support/function-environment.ts';
import { startTestTable, type TestTable } from '#test/support/local-engines.ts';
import { aPaidRecord, putRecord } from '#test/support/paid-record.ts';

const command = fileURLToPath(new URL('../../../infra/desk/refunds.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bien-lai-refunds-'));
let ledger: TestTable;
beforeAll(async () => {
  ledger = await startTestTable();
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const environment = functionEnvironment({ TABLE_NAME: ledger.tableName, AWS_ENDPOINT_URL_DYNAMODB: ledger.endpoint });
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    env: { ...inheritCompileCache(), PATH: process.env['PATH'], ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run refunds', () => {
  it('names what it does not understand, and where its use is told', () => {
    const { status, stderr } = run('list', '--refund', 'x');
    expect(status).toBe(1);
    expect(stderr).toContain("Không hiểu lệnh (not understood): Unknown option '--refund'");
    expect(stderr).toContain('npm run refunds -- --help');
  });

  it('leads a refund from its request to the recorded transfer', async () => {
    const record = aPaidRecord();
    const { paymentId } = record.payment;
    await putRecord({ client: ledger.documentClient, name: ledger.tableName }, record);
    const names = ['--payment', paymentId, '--id', 'tuchoi0001'];
    const facts = ['--amount', '28000', '--reason', 'TU_CHOI', '--way', 'transfer'];
    const payee = ['--account', '0123456789', '--name', '=HYPERLINK("x")', '--bank', 'Vietcombank'];

    expect(run('request', ...names, ...facts, ...payee, '--by', 'kt-01')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('28.000 đ: chờ duyệt; tiếp theo: người duyệt (proposed)'),
    });
    expect(run('approve', ...names, '--by', 'kt-01')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('[same-person]'),
    });
    expect(run('approve', ...names, '--by', 'kt-02').stdout).toContain('(manual-transfer)');
    const file = join(folder, 'hoan-phi.csv');
    expect(run('list', '--csv', file).stdout).toContain('Đã ghi 1 khoản');
    const table = readFileSync(file, 'utf8');
    expect(table.startsWith('\uFEFFThanh toán,')).toBe(true);
    expect(table).toContain(`'${paymentId},tuchoi0001,chờ chuyển khoản,tài vụ,0,28000,28000,vnpay/ttpvhcc/`);
    expect(table).toContain(`'0123456789,"'=HYPERLINK(""x"")",Vietcombank`);

    const transfer = ['--reference', 'FT26330', '--date', '2026-01-26', '--by', 'kt-01'];
    expect(run('transfer', ...names, ...transfer).stdout).toContain('đã hoàn; chứng từ FT26330 (refunded)');
    expect(run('list').stdout).toContain('no refund waits');
  }, 60_000);

  it('explains itself in Vietnamese first, and names every option that is wrong', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('người lập đề nghị, người khác duyệt'),
    });
    expect(run('pay').status).toBe(1);
    expect(() => readRefundCommand('transfer', { payment: '12', by: 'KT-01', id: 'x' }, 'drawn0001')).toThrow(
      /--by: .*--payment: .*--id: .*--reference: .*--date: /,
    );
  }, 30_000);
});

describe('the options', () => {
  const given = { payment: '48620391751101', amount: '5000', reason: 'TRUNG', by: 'kt-01' };

  it('name the money as lists print it, and draw an id where none is given', () => {
    expect(readRefundCommand('request', { ...given, money: 'momo/ttpvhcc/a/b' }, 'drawn0001')).toMatchObject({
      action: 'request',
      refund: { refundId: 'drawn0001', moneyKey: 'momo#ttpvhcc#a/b', amountVnd: 5_000, way: 'gateway' },
    });
  });

  it.each(['1e3', '5.5', '-1', '٣', ''])('take no amount that is written as %j', (amount) => {
    expect(() => readRefundCommand('request', { ...given, amount }, 'drawn0001')).toThrow('--amount: must be');
  });
});

describe('the list', () => {
  const example = new URL('../../../schemas/examples/refund.waits-for-transfer.json', import.meta.url);
  const refund = refundViewSchema.parse(JSON.parse(readFileSync(example, 'utf8')));

  it('counts full days since it waits for whoever must act next', () => {
    const text = refundsAsText([refund], '2026-11-26T02:59:59.999Z');
    expect(text).toContain('2 ngày');
    expect(text).not.toContain('NGUYEN VAN AN');
    expect(refundsAsCsv([refund], '2026-11-26T03:00:00.000Z')).toContain('tài vụ,3,28000');
  });
});
