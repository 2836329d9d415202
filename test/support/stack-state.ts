import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { localAccount } from '#infra/local/local-account.ts';
import { portsFrom } from '#infra/local/ports.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import type { Item } from '#shared/adapters/payment-items.ts';
import { engineRecord, type StackPlace } from './local-stack.ts';

/** Everything in the ledger of a stack that runs, of one entity. */
export async function readLedger({ port }: StackPlace, entity: string): Promise<readonly Item[]> {
  const client = { ...localAccount, endpoint: `http://127.0.0.1:${portsFrom(port).dynamoDb}` };
  const { TableNames: [TableName] = [] } = await new DynamoDBClient(client).send(new ListTablesCommand({}));
  const items: Item[] = [];
  for await (const page of paginateScan({ client: makeDocumentClient(client) }, { TableName, ConsistentRead: true })) {
    items.push(...(page.Items ?? []));
  }
  return items.filter((item) => item['entity'] === entity);
}

/** The process of the stack's database engine. */
export async function enginePidOf({ folder }: StackPlace): Promise<number> {
  const record = z.object({ engine: z.object({ pid: z.number() }) });
  return record.parse(JSON.parse(await readFile(join(folder, engineRecord), 'utf8'))).engine.pid;
}

/** Takes away how far the consumers have read the stream: they begin again with the oldest change. */
export async function forgetPositions({ folder }: StackPlace): Promise<void> {
  await rm(join(folder, 'checkpoints'), { recursive: true });
}

const positionsSchema = z.looseObject({ shards: z.record(z.string(), z.looseObject({ finished: z.boolean() })) });
type Positions = z.infer<typeof positionsSchema>;

/** How far each consumer has read the stream, by the name of its file. */
export async function readPositions({ folder }: StackPlace): Promise<ReadonlyMap<string, Positions>> {
  const files = await readdir(join(folder, 'checkpoints'));
  // A kill in the middle of a save leaves an unfinished copy beside the file.
  const whole = files.filter((name) => !name.endsWith('.new'));
  const texts = whole.map(async (name) => [name, await readFile(join(folder, 'checkpoints', name), 'utf8')] as const);
  return new Map((await Promise.all(texts)).map(([name, text]) => [name, positionsSchema.parse(JSON.parse(text))]));
}

/** Makes the consumers believe that they have read everything there will ever be: the stream brings nothing more. */
export async function loseStream(place: StackPlace): Promise<void> {
  for (const [name, { shards, ...rest }] of await readPositions(place)) {
    const finished = Object.entries(shards).map(
      ([shard, position]) => [shard, { ...position, finished: true }] as const,
    );
    const ended: Positions = { ...rest, shards: Object.fromEntries(finished) };
    const text = JSON.stringify(ended);
    await writeFile(join(place.folder, 'checkpoints', name), text);
  }
}
