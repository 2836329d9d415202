import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBucketLinks } from '#shared/adapters/bucket-links.ts';
import { makeDocumentLinks } from '#shared/adapters/document-links.ts';
import { startTestQueueAndBucket, type TestQueueAndBucket } from '#test/support/local-engines.ts';

const key = '5709990011/EBL01/26TAA/00000001.pdf';

describe('a link to an archived document', () => {
  let engine: TestQueueAndBucket;
  beforeAll(async () => {
    engine = await startTestQueueAndBucket();
    await engine.s3.send(new PutObjectCommand({ Bucket: engine.bucketName, Key: key, Body: 'a page' }));
  });
  afterAll(() => engine.stop());

  it('opens it without credentials, in the browser and under a name, for five minutes', async () => {
    const link = await makeBucketLinks({ client: engine.s3, name: engine.bucketName }).linkTo(key);

    expect(await (await fetch(link)).text()).toBe('a page');
    const { searchParams } = new URL(link);
    expect(searchParams.get('X-Amz-Expires')).toBe('300');
    expect(searchParams.get('response-content-disposition')).toBe(
      'inline; filename="5709990011-EBL01-26TAA-00000001.pdf"',
    );
  });

  it('needs the archive from the first link on and not before', async () => {
    const opened: string[] = [];
    const links = makeDocumentLinks(engine.bucketName, (name) => {
      opened.push(name);
      return Promise.resolve(makeBucketLinks({ client: engine.s3, name }));
    });
    expect(opened).toEqual([]);

    await links.linkTo(key);
    await links.linkTo(key);

    expect(opened).toEqual([engine.bucketName]);
  });
});
