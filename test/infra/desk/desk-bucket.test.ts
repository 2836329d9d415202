import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openReceiptsBucket } from '#infra/desk/desk-bucket.ts';
import { makeArchiveList } from '#shared/adapters/archive-list.ts';
import { startTestQueueAndBucket, type TestQueueAndBucket } from '#test/support/local-engines.ts';

let engine: TestQueueAndBucket;
let port: string;
beforeAll(async () => {
  engine = await startTestQueueAndBucket();
  // The archive of the local stack listens two ports above its base.
  port = String(Number(new URL(engine.endpoint).port) - 2);
});
afterAll(() => engine.stop());

describe('the archive that a command of the desk works on', () => {
  it('is the one of the local stack when nothing else is said', async () => {
    const key = '5709990011/EBL01/26TAA/00000001.xml';
    for (const Key of [key, `notices/${key}`]) {
      await engine.s3.send(new PutObjectCommand({ Bucket: engine.bucketName, Key, Body: 'x' }));
    }

    const bucket = await openReceiptsBucket({ PORT: port });

    expect(bucket.name).toBe(engine.bucketName);
    expect(await makeArchiveList(bucket).listSeries()).toEqual([
      { taxCode: '5709990011', template: 'EBL01', series: '26TAA' },
    ]);
    bucket.client.destroy();
  });

  it('is never guessed between two', async () => {
    await engine.s3.send(new CreateBucketCommand({ Bucket: 'receipts-of-another' }));

    await expect(openReceiptsBucket({ PORT: port })).rejects.toThrow(/must hold exactly one bucket of receipts/);
  });

  it('and its ledger are named together or not at all', async () => {
    await expect(openReceiptsBucket({ TABLE_NAME: 'ledger' })).rejects.toThrow(/both TABLE_NAME and RECEIPTS_BUCKET/);
    expect((await openReceiptsBucket({ TABLE_NAME: 'ledger', RECEIPTS_BUCKET: 'archive' })).name).toBe('archive');
  });

  it('says what to start when nothing answers', async () => {
    await expect(openReceiptsBucket({ PORT: '1' })).rejects.toThrow(/run npm start/);
  });
});
