import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Checkpoints } from './checkpoints.ts';
import type { EventFilter } from './event-filter.ts';
import { type Delivery, deliverBatch } from './stream-batch.ts';
import { sequenceNumberOf, toLambdaRecord } from './stream-record.ts';

/** One consumer of a stream, as its event source mapping declares it. */
export interface StreamConsumer {
  readonly name: string;
  readonly filter: EventFilter;
  readonly batchSize: number;
  readonly delivery: Omit<Delivery, 'signal'>;
}

export interface StreamPollerOptions {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly consumer: StreamConsumer;
  readonly checkpoints: Checkpoints;
  /** Told when the engine cannot be reached or a position is gone; the poller goes on by itself. */
  readonly onTrouble: (what: string) => void;
  /** A pause between two looks at a stream that had nothing new. */
  readonly idleMs?: number;
}

/**
 * DynamoDB Local has one shard where the cloud has many. Records are dealt out by their partition key, so that
 * what the cloud runs in parallel runs in parallel here, and what it keeps in order stays in order.
 */
export const virtualShards = 4;

/** Reads a stream into one consumer until it is stopped; every consumer has a reader of its own. */
export function startStreamPoller(options: StreamPollerOptions): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const running = new StreamReader(options, stopping.signal).run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

class StreamReader {
  readonly #options: StreamPollerOptions;
  readonly #signal: AbortSignal;
  /** Iterators of the shards that are being read. */
  readonly #open = new Map<string, string>();

  constructor(options: StreamPollerOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    const { consumer, idleMs = 100, onTrouble } = this.#options;
    while (!this.#isStopping()) {
      try {
        if (!(await this.#readOnce())) await pause(idleMs, undefined, { signal: this.#signal });
      } catch (fault) {
        if (this.#isStopping()) return;
        this.#open.clear();
        onTrouble(`${consumer.name} cannot read the stream: ${fault instanceof Error ? fault.message : String(fault)}`);
        await pause(1_000, undefined, { signal: this.#signal }).catch(() => undefined);
      }
    }
  }

  #isStopping(): boolean {
    return this.#signal.aborted;
  }

  /** @returns whether there was anything to read */
  async #readOnce(): Promise<boolean> {
    if (this.#open.size === 0) await this.#openShards();
    const counts = await Promise.all([...this.#open].map(([shardId, iterator]) => this.#readShard(shardId, iterator)));
    return counts.some((count) => count > 0);
  }

  /** Opens every shard that is not finished and whose parent is: a child's changes come after its parent's. */
  async #openShards(): Promise<void> {
    const shards = await this.#listShards();
    const isUnfinished = (id: string | undefined) =>
      shards.some(({ ShardId }) => ShardId === id) && !this.#options.checkpoints.positionOf(id ?? '')?.finished;
    for (const { ShardId: shardId, ParentShardId: parentId } of shards) {
      if (shardId === undefined || !isUnfinished(shardId) || isUnfinished(parentId)) continue;
      this.#open.set(shardId, await this.#iteratorOf(shardId));
    }
  }

  async #listShards(): Promise<Shard[]> {
    const { client, streamArn } = this.#options;
    const shards: Shard[] = [];
    let last: string | undefined;
    do {
      const start = last === undefined ? {} : { ExclusiveStartShardId: last };
      const page = await client.send(new DescribeStreamCommand({ StreamArn: streamArn, ...start }));
      shards.push(...(page.StreamDescription?.Shards ?? []));
      last = page.StreamDescription?.LastEvaluatedShardId;
    } while (last !== undefined);
    return shards;
  }

  async #iteratorOf(shardId: string): Promise<string> {
    const { client, streamArn, checkpoints, consumer, onTrouble } = this.#options;
    const after = checkpoints.positionOf(shardId)?.sequenceNumber;
    const ask = async (position: {
      ShardIteratorType: 'TRIM_HORIZON' | 'AFTER_SEQUENCE_NUMBER';
      SequenceNumber?: string;
    }) => {
      const answer = await client.send(
        new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...position }),
      );
      if (answer.ShardIterator === undefined) throw new Error(`no iterator for shard ${shardId}`);
      return answer.ShardIterator;
    };
    if (after === undefined) return ask({ ShardIteratorType: 'TRIM_HORIZON' });
    try {
      return await ask({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after });
    } catch (fault) {
      if (!(fault instanceof TrimmedDataAccessException)) throw fault;
      onTrouble(`${consumer.name} was away for longer than the stream keeps changes; the sweep finds what is owed`);
      return ask({ ShardIteratorType: 'TRIM_HORIZON' });
    }
  }

  async #readShard(shardId: string, iterator: string): Promise<number> {
    const { client, streamArn, checkpoints } = this.#options;
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator })).catch((fault: unknown) => {
      // An iterator lives 15 minutes; the position on disk gives a new one.
      if (fault instanceof ExpiredIteratorException) return undefined;
      throw fault;
    });
    if (page === undefined) {
      this.#open.set(shardId, await this.#iteratorOf(shardId));
      return 0;
    }
    const records = page.Records ?? [];
    await this.#deliver(records.map((record) => toLambdaRecord(record, streamArn)));
    const last = records.at(-1);
    const finished = page.NextShardIterator === undefined;
    if (last !== undefined || finished) {
      const sequenceNumber =
        last === undefined ? checkpoints.positionOf(shardId)?.sequenceNumber : sequenceNumberOf(last);
      await checkpoints.save(shardId, { ...(sequenceNumber === undefined ? {} : { sequenceNumber }), finished });
    }
    if (page.NextShardIterator === undefined) this.#open.delete(shardId);
    else this.#open.set(shardId, page.NextShardIterator);
    return records.length;
  }

  /** Virtual shards run side by side, the batches of one shard one after the other. */
  async #deliver(records: readonly DynamoDBRecord[]): Promise<void> {
    const { filter, batchSize, delivery } = this.#options.consumer;
    const shards = dealOut(records.filter((record) => filter.matches(record)));
    await Promise.all(
      shards.map(async (shard) => {
        for (let place = 0; place < shard.length; place += batchSize) {
          await deliverBatch(shard.slice(place, place + batchSize), { ...delivery, signal: this.#signal });
        }
      }),
    );
  }
}

/** Deals records out by their partition key, in order within each virtual shard. */
export function dealOut(records: readonly DynamoDBRecord[]): DynamoDBRecord[][] {
  const shards: DynamoDBRecord[][] = Array.from({ length: virtualShards }, () => []);
  for (const record of records) {
    const key = JSON.stringify(record.dynamodb?.Keys?.['pk'] ?? null);
    const place = createHash('sha256').update(key).digest().readUInt32BE() % virtualShards;
    shards[place]?.push(record);
  }
  return shards;
}
