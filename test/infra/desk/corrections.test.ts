import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCorrectionCommand } from '#infra/desk/correction-options.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';
import { type CorrectionScene, makeCorrectionScene } from '#test/support/correction-scene.ts';
import { functionEnvironment } from '#test/support/function-environment.ts';

const command = fileURLToPath(new URL('../../../infra/desk/corrections.ts', import.meta.url));
let scene: CorrectionScene;
beforeAll(async () => {
  scene = await makeCorrectionScene();
});
afterAll(() => scene.engine.stop());

function run(...args: readonly string[]) {
  const environment = functionEnvironment({
    TABLE_NAME: scene.table.name,
    RECEIPTS_BUCKET: scene.engine.bucketName,
    AWS_ENDPOINT_URL_DYNAMODB: scene.dynamoEndpoint,
    AWS_ENDPOINT_URL_S3: scene.engine.endpoint,
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    env: { ...inheritCompileCache(), PATH: process.env['PATH'], ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run corrections', () => {
  it('leads a replacement from its proposal to its number', async () => {
    const { paymentId } = await scene.putReceipted();
    const names = ['--payment', paymentId, '--id', 'saimst0001'];
    const receipt = ['--series', '26TAA', '--number', '00000001', '--reason', 'Sai mã số thuế'];

    expect(run('replace', ...names, ...receipt, '--tax-code', '0101234567', '--by', 'kt-01')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(
        'Đề nghị saimst0001, biên lai thay thế cho EBL01 26TAA số 1: chờ duyệt (proposed).\n  Người nộp: Nguyễn Văn An; MST: 0101234567',
      ),
    });
    expect(run('list').stdout).toContain('1 đề nghị');
    expect(run('approve', ...names, '--by', 'kt-01')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('[same-person]'),
    });
    const approved = run('approve', ...names, '--by', 'kt-02');
    expect(approved.stdout).toContain('Biên lai mới: EBL01 26TAA số 2');
    expect(run('cancel', ...names, ...receipt, '--by', 'kt-01')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Không hủy suông biên lai'),
    });
    expect(run('list').stdout).toContain('no proposal waits');
  }, 60_000);

  it('explains itself in Vietnamese first, and names every option that is wrong', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('người khác duyệt') });
    expect(run('erase').status).toBe(1);
    expect(() => readCorrectionCommand('replace', { payment: '12', by: 'KT-01', id: 'x' }, 'drawn0001')).toThrow(
      /--by: .*--id: .*--payment: .*--series: .*--number: .*--reason: /,
    );
  }, 30_000);
});

describe('the options', () => {
  const given = { payment: '48620391751101', series: '26TAA', number: '00000012', reason: 'Sai số tiền', by: 'kt-01' };

  it('say what is right, keep what is absent and take away what is empty', () => {
    const options = { ...given, address: '', line: ['QN-006,2,56000', 'QN-007,1,14000'] };
    expect(readCorrectionCommand('replace', options, 'drawn0001')).toMatchObject({
      action: 'propose',
      correction: {
        correctionId: 'drawn0001',
        receipt: { template: 'EBL01', series: '26TAA', number: 12 },
        payer: { address: null },
        lines: [
          { feeCode: 'QN-006', quantity: 2, amountVnd: 56_000 },
          { feeCode: 'QN-007', quantity: 1, amountVnd: 14_000 },
        ],
      },
    });
  });

  it('name the line that cannot be read', () => {
    expect(() => readCorrectionCommand('replace', { ...given, line: ['QN-006;2'] }, 'drawn0001')).toThrow(/--line: /);
    expect(() => readCorrectionCommand('notice', { ...given, wrong: ['everything'] }, 'drawn0001')).toThrow(
      /--wrong: /,
    );
  });
});
