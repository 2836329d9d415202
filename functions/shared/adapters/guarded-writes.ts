import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, updateOf } from './expressions.ts';
import type { Item, Key } from './payment-items.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const isNew: Clause = { when: ['attribute_not_exists(pk)'] };

/** Nothing has moved since the item was read: `counter` moves with every write of it. */
export function isAsRead<Counter extends string>(
  counter: Counter,
  before: Readonly<Record<Counter, number>> | undefined,
): Clause {
  if (before === undefined) return isNew;
  return { when: ['#counter = :seen'], names: { '#counter': counter }, values: { ':seen': before[counter] } };
}

/** An item that takes the place of the one that was read, under a condition. */
export function guardedPut(table: Table, item: Item, ...conditions: readonly Clause[]) {
  const { UpdateExpression: _none, ExpressionAttributeNames: names, ...condition } = updateOf(...conditions);
  return {
    TableName: table.name,
    Item: item,
    ...condition,
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
  };
}

/** One request; `changed` when its condition no longer holds. */
export async function putGuarded(
  table: Table,
  item: Item,
  ...conditions: readonly Clause[]
): Promise<'written' | 'changed'> {
  const command = new PutCommand(guardedPut(table, item, ...conditions));
  return changedWhenRefused(() => table.client.send(command));
}

/** One request that changes a part of an item; `changed` when a condition among the clauses no longer holds. */
export async function updateGuarded(
  table: Table,
  key: Key,
  ...clauses: readonly Clause[]
): Promise<'written' | 'changed'> {
  const command = new UpdateCommand({ TableName: table.name, Key: key, ...updateOf(...clauses) });
  return changedWhenRefused(() => table.client.send(command));
}

async function changedWhenRefused(send: () => Promise<unknown>): Promise<'written' | 'changed'> {
  try {
    await sendPatiently(send);
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return 'changed';
  }
}

/**
 * All of the writes or none.
 * @returns for each write whether its condition failed; an empty list when all was written
 */
export async function writeTogether(table: Table, writes: Write[]): Promise<readonly boolean[]> {
  const command = new TransactWriteCommand({ TransactItems: writes });
  try {
    await sendPatiently(() => table.client.send(command));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const failed = (error.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
    if (failed.includes(true)) return failed;
    throw error;
  }
}

export function changedUnless(failed: readonly boolean[]): 'written' | 'changed' {
  return failed.length === 0 ? 'written' : 'changed';
}
