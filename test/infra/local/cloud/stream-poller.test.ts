import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { openCheckpoints } from '#infra/local/cloud/checkpoints.ts';
import { makeEventFilter } from '#infra/local/cloud/event-filter.ts';
import { dealOut, startStreamPoller, virtualShards } from '#infra/local/cloud/stream-poller.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import { openStream, startTestTable, type TestTable } from '#test/support/local-engines.ts';

describe('polling a stream', () => {
  let table: TestTable;
  let streamArn: string;
  let streams: DynamoDBStreamsClient;
  let folder: string;
  const running: { stop: () => Promise<void> }[] = [];

  beforeAll(async () => {
    table = await startTestTable();
    streamArn = await openStream(table);
    streams = new DynamoDBStreamsClient({ ...localAccount, endpoint: table.endpoint });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bien-lai-poller-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((poller) => poller.stop()));
    await rm(folder, { recursive: true });
  });

  const write = (entity: string, pk: string, step: number) =>
    table.documentClient.send(
      new PutCommand({ TableName: table.tableName, Item: { pk, sk: 'PAYMENT', entity, step } }),
    );

  /** Reads the changes of one entity, so that tests do not see each other's. */
  async function read(entity: string, name: string, invoke: (records: readonly DynamoDBRecord[]) => Promise<unknown>) {
    const troubles: string[] = [];
    const poller = startStreamPoller({
      client: streams,
      streamArn,
      checkpoints: await openCheckpoints(join(folder, `${name}.json`), streamArn),
      onTrouble: (what) => troubles.push(what),
      idleMs: 10,
      consumer: {
        name,
        filter: makeEventFilter([JSON.stringify({ dynamodb: { NewImage: { entity: { S: [entity] } } } })]),
        batchSize: 3,
        delivery: {
          rules: { retryAttempts: 2, bisectOnError: true, reportsItemFailures: true },
          firstPauseMs: 1,
          invoke,
          giveUp: async () => undefined,
        },
      },
    });
    running.push(poller);
    return { poller, troubles };
  }

  const stepsOf = (records: readonly DynamoDBRecord[]) =>
    records.map(({ dynamodb }) => Number(dynamodb?.NewImage?.['step']?.N));
  const until = (what: string, holds: () => boolean) =>
    waitUntil(what, async () => (holds() ? true : undefined), { timeoutMs: 20_000, everyMs: 10 });

  it('hands every change of its filter to the function, in order for each key, in batches of at most the size', async () => {
    for (let step = 0; step < 20; step += 1) {
      await write('ordered', `PAY#${step % 4}`, step);
      await write('other', `PAY#${step % 4}`, step);
    }
    const seen = new Map<string, number[]>();
    let largest = 0;
    await read('ordered', 'ordered', async (records) => {
      largest = Math.max(largest, records.length);
      for (const record of records) {
        const key = record.dynamodb?.Keys?.['pk']?.S ?? '';
        seen.set(key, [...(seen.get(key) ?? []), ...stepsOf([record])]);
      }
    });
    await until('20 changes', () => [...seen.values()].flat().length === 20);

    expect(Object.fromEntries(seen)).toEqual({
      'PAY#0': [0, 4, 8, 12, 16],
      'PAY#1': [1, 5, 9, 13, 17],
      'PAY#2': [2, 6, 10, 14, 18],
      'PAY#3': [3, 7, 11, 15, 19],
    });
    expect(largest).toBeLessThanOrEqual(3);
  });

  it('repeats what failed and goes on', async () => {
    for (let step = 0; step < 3; step += 1) await write('failing', 'PAY#5', step);
    const calls: number[][] = [];
    await read('failing', 'failing', async (records) => {
      calls.push(stepsOf(records));
      const middle = records.find((record) => stepsOf([record])[0] === 1)?.dynamodb?.SequenceNumber;
      return { batchItemFailures: calls.length === 1 && middle !== undefined ? [{ itemIdentifier: middle }] : [] };
    });
    await until('the last change', () => calls.at(-1)?.at(-1) === 2 && calls.length === 2);

    expect(calls).toEqual([
      [0, 1, 2],
      [1, 2],
    ]);
  });

  it('begins after its checkpoint when it is started again, and other consumers at their own', async () => {
    await write('kept', 'PAY#6', 1);
    const first: number[] = [];
    const { poller } = await read('kept', 'kept', async (records) => void first.push(...stepsOf(records)));
    await until('the first change', () => first.length === 1);
    await poller.stop();
    await write('kept', 'PAY#6', 2);

    const again: number[] = [];
    const other: number[] = [];
    await read('kept', 'kept', async (records) => void again.push(...stepsOf(records)));
    await read('kept', 'another', async (records) => void other.push(...stepsOf(records)));
    await until('both consumers', () => again.length === 1 && other.length === 2);

    expect({ first, again, other }).toEqual({ first: [1], again: [2], other: [1, 2] });
  });

  it('hands a batch out again that was being worked on when it was stopped', async () => {
    await write('stopped', 'PAY#7', 1);
    let calls = 0;
    const { poller } = await read('stopped', 'stopped', async (records) => {
      calls += 1;
      return { batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber ?? '' }] };
    });
    await until('the first call', () => calls > 0);
    await poller.stop();

    const again: number[] = [];
    await read('stopped', 'stopped', async (records) => void again.push(...stepsOf(records)));
    await until('the repeated change', () => again.length === 1);

    expect(again).toEqual([1]);
  });

  it('begins at the start with a checkpoint of another stream', async () => {
    const file = join(folder, 'moved.json');
    await (await openCheckpoints(file, 'arn:another')).save('shard-1', { sequenceNumber: '9', finished: false });

    const checkpoints = await openCheckpoints(file, streamArn);

    expect(checkpoints.positionOf('shard-1')).toBeUndefined();
  });

  it('says what is wrong when the stream cannot be read, and tries again', async () => {
    const troubles: string[] = [];
    const poller = startStreamPoller({
      client: streams,
      streamArn: `${streamArn}-gone`,
      checkpoints: await openCheckpoints(join(folder, 'gone.json'), streamArn),
      onTrouble: (what) => troubles.push(what),
      consumer: {
        name: 'gone',
        filter: makeEventFilter([]),
        batchSize: 1,
        delivery: {
          rules: { retryAttempts: 0, bisectOnError: false, reportsItemFailures: false },
          invoke: async () => undefined,
          giveUp: async () => undefined,
        },
      },
    });
    running.push(poller);
    await until('a complaint', () => troubles.length > 0);

    expect(troubles[0]).toMatch(/^gone cannot read the stream: /);
  });
});

describe('dealing records out', () => {
  const recordOf = (key: string): DynamoDBRecord => ({ dynamodb: { Keys: { pk: { S: key } } } });

  it('keeps a key in one virtual shard and uses all of them', () => {
    const keys = Array.from({ length: 64 }, (_, index) => `PAY#${index % 32}`);

    const shards = dealOut(keys.map(recordOf));

    expect(shards).toHaveLength(virtualShards);
    expect(virtualShards).toBeGreaterThanOrEqual(4);
    expect(shards.every((shard) => shard.length > 0)).toBe(true);
    for (const shard of shards) {
      const own = new Set(shard.map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S));
      expect(shard).toHaveLength(own.size * 2);
    }
  });
});
