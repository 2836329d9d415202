import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { concernsDossier } from '#functions/confirm-dossier/concerns-dossier.ts';
import { type Blueprint, type DeclaredConsumer, readBlueprint } from '#infra/local/cloud/blueprint.ts';
import { bucketNameOf } from '#infra/local/cloud/local-names.ts';
import { deliverBatch } from '#infra/local/cloud/stream-batch.ts';
import { toLambdaRecord } from '#infra/local/cloud/stream-record.ts';
import { readStacks } from '#infra/local/cloud/synthesise.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { reached } from '#shared/domain/ledger-change.ts';
import { consumeStream } from '#shared/runtime/stream-batch.ts';
import type { ChaseScene } from './chase-scene.ts';
import { openStream } from './local-engines.ts';

type Handler = (event: DynamoDBStreamEvent) => Promise<unknown>;

/** The stream of a scene's table with both of its consumers, moved on by hand so that each run sends the same requests. */
export interface LedgerStream {
  /** Hands over what is new, first to confirm-dossier, then to issue-receipt, until their work makes nothing new. */
  readonly deliver: () => Promise<void>;
}

/** Filters, batches and repetitions are those of the template; a record that is given up fails the test. */
export async function openLedgerStream(scene: ChaseScene): Promise<LedgerStream> {
  const { logNews } = scene.needs;
  const confirming = consumeStream({ concerns: concernsDossier, process: scene.send, logNews });
  const issuing = consumeStream({ concerns: (change) => reached(change, 'paid'), process: scene.issue, logNews });
  const client = { ...localAccount, endpoint: scene.dynamoEndpoint };
  const streamArn = await openStream({ client: new DynamoDBClient(client), tableName: scene.table.name });
  const streams = new DynamoDBStreamsClient(client);
  const consumers = await Promise.all([
    openConsumer('confirm-dossier', await openReader(streams, streamArn), confirming),
    openConsumer('issue-receipt', await openReader(streams, streamArn), issuing),
  ]);
  return {
    deliver: async () => {
      for (let delivered = 1; delivered > 0; ) {
        delivered = 0;
        for (const consumer of consumers) delivered += await consumer();
      }
    },
  };
}

/** @returns what hands a consumer all that it has not seen, and counts it */
async function openConsumer(name: string, readNew: ReadNew, handler: Handler): Promise<() => Promise<number>> {
  const { filter, batchSize, rules } = await declarationOf(name);
  const delivery = {
    rules,
    firstPauseMs: 1,
    invoke: (records: readonly DynamoDBRecord[]) => handler({ Records: [...records] }),
    giveUp: (_records: unknown, attempts: number, why: string) =>
      Promise.reject(new Error(`${name} gave up after ${attempts} attempts: ${why}`)),
  };
  return async () => {
    const records = await readNew();
    const meant = records.filter((record) => filter.matches(record));
    for (let first = 0; first < meant.length; first += batchSize) {
      await deliverBatch(meant.slice(first, first + batchSize), delivery);
    }
    return records.length;
  };
}

type ReadNew = () => Promise<readonly DynamoDBRecord[]>;

/** What the template says, read once: walks are many. */
let blueprint: Promise<Blueprint> | undefined;

async function declarationOf(name: string): Promise<DeclaredConsumer> {
  blueprint ??= readStacks().then((stacks) => readBlueprint(stacks, bucketNameOf));
  const { functions, consumers } = await blueprint;
  const declared = functions.find(({ entry }) => entry === `functions/${name}/handler.ts`);
  const consumer = consumers.find(({ functionId }) => functionId === declared?.id);
  if (consumer === undefined) throw new Error(`the template feeds no function ${name} from the stream`);
  return consumer;
}

/** Reads the one shard that DynamoDB Local gives a young table. */
async function openReader(streams: DynamoDBStreamsClient, streamArn: string): Promise<ReadNew> {
  const { StreamDescription: stream } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const [shard] = stream?.Shards ?? [];
  const open = async () => {
    const position = { StreamArn: streamArn, ShardId: shard?.ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    return (await streams.send(new GetShardIteratorCommand(position))).ShardIterator;
  };
  let iterator: string | undefined;
  return async () => {
    // Not before there is something to read: the engine forgets an iterator of an empty shard when other tables change.
    iterator ??= await open();
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    iterator = NextShardIterator;
    return Records.map((record) => toLambdaRecord(record, streamArn));
  };
}
