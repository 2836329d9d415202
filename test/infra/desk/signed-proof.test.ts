import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadReconciliation } from '#config/reconciliation.ts';
import { closeDay } from '#functions/finance-desk/close-day.ts';
import { localAccount } from '#infra/local/local-account.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { inheritCompileCache } from '#test/support/compile-cache.ts';
import { startTestQueueAndBucket, startTestTable, type TestQueueAndBucket } from '#test/support/local-engines.ts';
import {
  checker,
  makeReconciliationScene,
  maker,
  monday,
  type ReconciliationScene,
} from '#test/support/reconciliation-scene.ts';
import { readSigningFiles } from '#test/support/signing-files.ts';

const script = fileURLToPath(new URL('../../../infra/desk/reports.ts', import.meta.url));
const address: DayAddress = { gateway: 'vnpay', merchant: 'vpdkdd', day: monday };

let engine: TestQueueAndBucket;
let scene: ReconciliationScene;
let environment: Record<string, string>;
let folder: string;

beforeAll(async () => {
  const { tableName, documentClient, endpoint } = await startTestTable();
  engine = await startTestQueueAndBucket();
  scene = await makeReconciliationScene({ client: documentClient, name: tableName }, loadReconciliation('dev'));
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-proof-'));
  environment = {
    ...inheritCompileCache(),
    ...readSigningFiles(),
    TABLE_NAME: tableName,
    RECEIPTS_BUCKET: engine.bucketName,
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_S3: engine.endpoint,
  };
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

function printTo(out: string, changes: Readonly<Record<string, string>> = {}) {
  const { gateway, merchant, day } = address;
  const words = ['proof', '--gateway', gateway, '--merchant', merchant, '--date', day, '--by', 'kt.lan', '--out', out];
  const options = { env: { ...environment, ...changes }, cwd: folder };
  return new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
    const child = execFile(process.execPath, [script, ...words], options, (_, out_, err) => {
      resolve({ code: child.exitCode ?? -1, said: `${out_}${err}` });
    });
  });
}

const pageOf = async () => (await scene.record(address)).close?.page;

describe('npm run reports -- proof', () => {
  it('prints an open day without a signature, and signs nothing', async () => {
    await scene.reconciled([], address);
    expect(await printTo('open.pdf')).toEqual({ code: 0, said: 'Đã ghi open.pdf (written)\n' });
    expect((await readFile(join(folder, 'open.pdf'))).includes('/ByteRange')).toBe(false);
    expect(await pageOf()).toBeUndefined();
  });

  it('leaves a closed day as it is when its unit cannot sign, and says why', async () => {
    await closeDay(address, { act: 'propose', kind: 'reconciled' }, maker, scene.needs);
    await closeDay(address, { act: 'approve', number: 1 }, checker, scene.needs);
    const ended = await printTo('never.pdf', { SIGNING_SECRETS_FILE: join(folder, 'none.json') });
    expect(ended).toMatchObject({ code: 2, said: expect.stringContaining('số liệu đã khóa không thay đổi') });
    await expect(readFile(join(folder, 'never.pdf'))).rejects.toThrow('ENOENT');
    expect(await pageOf()).toBeUndefined();
  });

  it('signs and archives what a closed day owes, and prints that very file from then on', async () => {
    expect((await printTo('first.pdf')).code).toBe(0);
    const page = await pageOf();
    const { Body: body } = await engine.s3.send(
      new GetObjectCommand({ Bucket: engine.bucketName, Key: page?.key ?? '' }),
    );
    const archived = Buffer.from((await body?.transformToByteArray()) ?? []);
    expect(archived.includes('/ByteRange')).toBe(true);

    expect((await printTo('second.pdf')).code).toBe(0);

    for (const name of ['first.pdf', 'second.pdf']) {
      expect((await readFile(join(folder, name))).equals(archived)).toBe(true);
    }
    expect(await pageOf()).toEqual(page);
  });
});
