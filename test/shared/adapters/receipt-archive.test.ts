import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { countRequests, type FaultKind, injectFault } from '#test/support/faults.ts';
import { startTestQueueAndBucket, type TestQueueAndBucket } from '#test/support/local-engines.ts';

// The local S3 knows neither If-None-Match nor Object Lock: what is asked of S3 is asserted on the request, and S3's
// refusal is injected.
let engine: TestQueueAndBucket;
beforeAll(async () => {
  engine = await startTestQueueAndBucket();
});
afterAll(() => engine.stop());

const clock = () => instantSchema.parse('2026-11-23T02:15:32.000Z');
const page = Buffer.from('a page');
const sha256 = createHash('sha256').update(page).digest('hex');
/** As it comes back from S3. */
const held = { sha256, bytes: new Uint8Array(page) };

let keys = 0;
const newKey = () => `5709990011/EBL01/26TAA/${String((keys += 1)).padStart(8, '0')}.pdf`;

function anArchive(stage: 'dev' | 'prod' = 'dev') {
  const bucket = { client: engine.s3, name: engine.bucketName };
  return makeReceiptArchive({ bucket, retention: retentions[stage], clock });
}

describe('archiving a document', () => {
  it('asks S3 to keep it only when the key is free, to check its digest, and to lock it', async () => {
    const requests = countRequests(engine.s3);

    expect(await anArchive('prod').store(newKey(), page, 'application/pdf')).toEqual({
      kind: 'stored',
      sha256,
      bytes: page,
    });

    expect(requests.sent).toHaveLength(1);
    expect(requests.sent[0]?.headers).toMatchObject({
      'if-none-match': '*',
      'content-type': 'application/pdf',
      'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
      'x-amz-object-lock-mode': 'COMPLIANCE',
      'x-amz-object-lock-retain-until-date': '2036-11-23T02:15:32Z',
    });
  });

  it('locks it for a day in a trial', async () => {
    const requests = countRequests(engine.s3);

    await anArchive('dev').store(newKey(), page, 'application/pdf');

    expect(requests.sent[0]?.headers).toMatchObject({
      'x-amz-object-lock-mode': 'GOVERNANCE',
      'x-amz-object-lock-retain-until-date': '2026-11-24T02:15:32Z',
    });
  });

  it.each(['precondition-failed', 'conditional-conflict'] as const)(
    'adopts the same bytes under a key that is taken (%s)',
    async (kind) => {
      const key = newKey();
      await anArchive().store(key, page, 'application/pdf');
      const fault = refuse(kind);

      expect(await anArchive().store(key, page, 'application/pdf')).toEqual({ kind: 'adopted', ...held });
      expect(fault.struck()).toBe(1);
    },
  );

  it('gives the other bytes under a key that is taken, with their digest', async () => {
    const key = newKey();
    await anArchive().store(key, page, 'application/pdf');
    refuse('precondition-failed');

    expect(await anArchive().store(key, Buffer.from('another page'), 'application/pdf')).toEqual({
      kind: 'conflict',
      ...held,
    });
  });

  it('is read back, and nothing is read where nothing was stored', async () => {
    const [key, free] = [newKey(), newKey()];
    await anArchive().store(key, page, 'application/pdf');

    expect(await anArchive().read(key)).toEqual(held);
    expect(await anArchive().read(free)).toBeUndefined();
  });

  it('fails, to be tried again, while another writer has the key but has stored nothing yet', async () => {
    refuse('conditional-conflict');

    await expect(anArchive().store(newKey(), page, 'application/pdf')).rejects.toThrow(/conditional-conflict/);
  });

  it('fails when S3 cannot be reached', async () => {
    refuse('never-sent');

    await expect(anArchive().store(newKey(), page, 'application/pdf')).rejects.toThrow(/never-sent/);
  });
});

function refuse(kind: FaultKind) {
  return injectFault(engine.s3, { command: 'PutObjectCommand', kind });
}
