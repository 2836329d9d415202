import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { startBucketEvents } from '#infra/local/cloud/bucket-events.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import { startTestQueueAndBucket, type TestQueueAndBucket } from '#test/support/local-engines.ts';

let engine: TestQueueAndBucket;
let folder: string;
beforeAll(async () => {
  engine = await startTestQueueAndBucket();
  folder = await mkdtemp(join(tmpdir(), 'bien-lai-events-'));
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

const eventSchema = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string(), size: z.number() }) }),
});

const put = (key: string, text: string) =>
  engine.s3.send(new PutObjectCommand({ Bucket: engine.bucketName, Key: key, Body: text }));

/** Listens as the stack does, until so many events or troubles came. */
async function listen(count: number, refuse?: string) {
  const told: string[] = [];
  const troubles: string[] = [];
  const events = await startBucketEvents({
    s3: engine.s3,
    bucket: engine.bucketName,
    stateFile: join(folder, 'told.json'),
    tellEvent: (event) => {
      const { bucket, object } = eventSchema.parse(event).detail;
      if (object.key === refuse) return Promise.reject(new Error('the function failed'));
      told.push(`${bucket.name === engine.bucketName} ${object.key} ${object.size}`);
      return Promise.resolve();
    },
    onTrouble: (what) => troubles.push(what),
  });
  const came = (many: number) =>
    waitUntil('events', async () => (told.length + troubles.length >= many ? true : undefined), { timeoutMs: 10_000 });
  await came(count);
  return { told, troubles, came, stop: events.stop };
}

describe('the events of a bucket', () => {
  it('tell of each new object once, also over a restart, and of one that is written over', async () => {
    await put('a.txt', 'one');
    const first = await listen(1);
    await put('b.txt', 'other');
    await first.came(2);
    await put('a.txt', 'longer');
    await first.came(3);
    await first.stop();
    await put('c.txt', 'z');
    const second = await listen(1);
    await second.stop();

    expect(first.told).toEqual(['true a.txt 3', 'true b.txt 5', 'true a.txt 6']);
    expect(second.told).toEqual(['true c.txt 1']);
  });

  it('that fail are told to people, hold up no other, and come again with the next start', async () => {
    await put('bad.txt', 'x');
    await put('good.txt', 'y');
    const first = await listen(2, 'bad.txt');
    await first.stop();
    const second = await listen(1);
    await second.stop();

    expect(first.troubles).toEqual([`${engine.bucketName}/bad.txt: the function failed`]);
    expect(first.told).toEqual(['true good.txt 1']);
    expect(second.told).toEqual(['true bad.txt 1']);
  });

  it('say nothing of what is gone', async () => {
    await put('gone.txt', 'x');
    await engine.s3.send(new DeleteObjectCommand({ Bucket: engine.bucketName, Key: 'gone.txt' }));
    await put('last.txt', 'x');
    const { told, stop } = await listen(1);
    await stop();

    expect(told).toEqual(['true last.txt 1']);
  });
});
