import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBucketEvidence } from '#shared/adapters/bucket-evidence.ts';
import { makeEvidenceStore } from '#shared/adapters/evidence-store.ts';
import { countRequests } from '#test/support/faults.ts';
import { startTestQueueAndBucket, type TestQueueAndBucket } from '#test/support/local-engines.ts';

let engine: TestQueueAndBucket;
beforeAll(async () => {
  engine = await startTestQueueAndBucket();
});
afterAll(() => engine.stop());

const message = Buffer.from(`{"extraData":"${'x'.repeat(9_000)}"}`);
const sha256 = createHash('sha256').update(message).digest('hex');
const bucketEvidence = () => makeBucketEvidence({ client: engine.s3, name: engine.bucketName });

describe('the store of long callbacks', () => {
  it('keeps a message under its digest, which S3 checks', async () => {
    const requests = countRequests(engine.s3);

    expect(await bucketEvidence().keep(sha256, message)).toBe(`callbacks/${sha256}`);

    expect(requests.sent[0]?.headers).toMatchObject({
      'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
    });
    const command = new GetObjectCommand({ Bucket: engine.bucketName, Key: `callbacks/${sha256}` });
    const { Body: kept } = await engine.s3.send(command);
    expect(Buffer.compare(Buffer.from((await kept?.transformToByteArray()) ?? []), message)).toBe(0);
  });

  it('opens the bucket for the first message and not before, and only once', async () => {
    const opened: string[] = [];
    const store = makeEvidenceStore('evidence', (name) => {
      opened.push(name);
      return Promise.resolve(bucketEvidence());
    });
    expect(opened).toEqual([]);

    await store.keep(sha256, message);
    await store.keep(sha256, message);

    expect(opened).toEqual(['evidence']);
  });

  it('opens the bucket again after it could not be opened', async () => {
    let tries = 0;
    const store = makeEvidenceStore('evidence', () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('no such bucket')) : Promise.resolve(bucketEvidence());
    });

    await expect(store.keep(sha256, message)).rejects.toThrow('no such bucket');
    expect(await store.keep(sha256, message)).toBe(`callbacks/${sha256}`);
  });
});
