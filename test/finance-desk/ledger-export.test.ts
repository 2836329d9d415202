import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadReconciliation } from '#config/reconciliation.ts';
import { ledgerExportSchema } from '#schemas/ledger-export.ts';
import { makeLedgerExports } from '#shared/adapters/ledger-exports.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { setHandlerEnvironment } from '#test/support/http-calls.ts';
import { startTestQueueAndBucket, startTestTable, type TestQueueAndBucket } from '#test/support/local-engines.ts';
import { makeReconciliationScene, monday, type ReconciliationScene } from '#test/support/reconciliation-scene.ts';
import { auditor, setStaffEnvironment, staffCalls } from '#test/support/staff-calls.ts';

const address: DayAddress = { gateway: 'vnpay', merchant: 'ttpvhcc', day: monday };
const path = '/v1/finance/days/vnpay/ttpvhcc/2026-11-23/ledger';
let engine: TestQueueAndBucket;
let scene: ReconciliationScene;
let staff: ReturnType<typeof staffCalls>;
let folder: string;

beforeAll(async () => {
  const { tableName, documentClient } = await startTestTable();
  engine = await startTestQueueAndBucket();
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-export-'));
  scene = await makeReconciliationScene({ client: documentClient, name: tableName }, loadReconciliation('dev'));
  setHandlerEnvironment({
    TABLE_NAME: tableName,
    EVIDENCE_BUCKET: engine.bucketName,
    AWS_ENDPOINT_URL_S3: engine.endpoint,
  });
  setStaffEnvironment();
  staff = staffCalls((await import('#functions/finance-desk/handler.ts')).handler);
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

const nothingThere = { status: 404, body: { type: expect.stringMatching(/\/nothing-exported$/) } };

describe('the ledger of a day over HTTP', () => {
  it('is not there before the day was compared, nor while its file is not', async () => {
    expect(await staff.get(auditor, path)).toMatchObject(nothingThere);
    await scene.reconciled([], address);
    expect(await staff.get(auditor, path)).toMatchObject(nothingThere);
    expect(await staff.get(auditor, path.replace('ttpvhcc', 'ai-do'))).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/\/unknown-account$/) },
    });
  });

  it('is an address of five minutes that opens the file, and says which run it is of', async () => {
    const file = join(folder, 'rows');
    await writeFile(file, 'rows of the day');
    await makeLedgerExports({ client: engine.s3, name: engine.bucketName }).put(address, file, 3);
    const before = Date.now();

    const { body } = await staff.get(auditor, path);

    const { url, expiresAt, writtenAt: _writtenAt, ...facts } = ledgerExportSchema.parse(body);
    expect(facts).toEqual({ run: 3, bytes: 15 });
    const parameters = new URL(url).searchParams;
    expect(parameters.get('X-Amz-Expires')).toBe('300');
    expect(Date.parse(expiresAt)).toBeGreaterThanOrEqual(before + 300_000);
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 300_000);
    expect(await (await fetch(url)).text()).toBe('rows of the day');
  });
});
