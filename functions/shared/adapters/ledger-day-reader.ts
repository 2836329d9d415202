import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { LedgerDays, LedgerEntry } from '#shared/domain/ledger-day.ts';
import { faultsOfSchema, isSchemaError } from '#shared/domain/schema-faults.ts';
import type { Table } from './dynamo.ts';
import { type Item, indexes, moneyDays, suspenseKey } from './payment-items.ts';
import { readMoneyItem, readPaymentItem, readRefundItem, readSuspenseItem } from './read-items.ts';
import { readRecord } from './read-record.ts';

/** The ledger's days for reconciliation: reads only. */
export function makeLedgerDays(table: Table): LedgerDays {
  return {
    readDay: (account, day) => readShards(table, moneyDays(account, day)),
    readRecord: (paymentId) => readRecord(table, paymentId),
    async readSuspense(money) {
      const { Item: item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: suspenseKey(money), ConsistentRead: true }),
      );
      return item === undefined ? undefined : readSuspenseItem(item);
    },
  };
}

/** One shard after the other: what is done with a page takes longer than to read the next. */
async function* readShards(table: Table, shards: readonly string[]): AsyncGenerator<readonly LedgerEntry[]> {
  for (const shard of shards) {
    const pages = paginateQuery(
      { client: table.client },
      {
        TableName: table.name,
        IndexName: indexes.moneyByDay,
        KeyConditionExpression: 'moneyDay = :day',
        ExpressionAttributeValues: { ':day': shard },
      },
    );
    for await (const { Items: items = [] } of pages) yield items.map(readEntry);
  }
}

function readEntry(item: Item): LedgerEntry {
  try {
    return parseEntry(item);
  } catch (error) {
    if (!isSchemaError(error)) throw error;
    const places = faultsOfSchema(error).map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { kind: 'unreadable', why: `${String(item['pk'])}: ${places.join('; ')}` };
  }
}

function parseEntry(item: Item): LedgerEntry {
  switch (item['entity']) {
    case 'payment':
      return { kind: 'payment', payment: readPaymentItem(item) };
    case 'money':
      return { kind: 'money', money: readMoneyItem(item) };
    case 'refund':
      return { kind: 'refund', refund: readRefundItem(item) };
    case 'suspense':
      return { kind: 'suspense', money: readSuspenseItem(item) };
    default:
      throw new BrokenInvariant(`the index of a day’s money holds an item of the kind ${String(item['entity'])}`);
  }
}
