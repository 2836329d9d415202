import { BatchGetCommand, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DayBook, DayRecord } from '#shared/domain/reconciliation-ports.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import type { Clause } from './expressions.ts';
import { changedUnless, guardedPut, isAsRead, putGuarded, writeTogether } from './guarded-writes.ts';
import { type Item, indexes, type Key, moneyDays } from './payment-items.ts';
import {
  closeItem,
  closeKey,
  dayKey,
  monthItem,
  monthKey,
  readAdjustmentItem,
  readCloseItem,
  readDayItem,
  readExceptionItem,
  readMonthItem,
  readRefusedFileItem,
  readRunItem,
  reconciliationPartition,
} from './reconciliation-items.ts';
import { putDay, readItem } from './reconciliation-ledger.ts';

/** What the finance desk reads and writes of days and months. */
export function makeDayBook(table: Table): DayBook {
  return {
    readRecord: (address) => readRecordOf(table, address),
    readDays: async (addresses) => (await readMany(table, addresses.map(dayKey))).map(readDayItem),
    hasMoney: async (address) => {
      const shards = await Promise.all(moneyDays(address, address.day).map((shard) => hasAny(table, shard)));
      return shards.includes(true);
    },
    moveClose: async ({ before, after }, day) =>
      changedUnless(
        await writeTogether(table, [
          { Put: guardedPut(table, closeItem(after), isAsRead('revision', before), ...byAnother(after)) },
          putDay(table, day),
        ]),
      ),
    readMonth: (month) => readItem(table, monthKey(month), readMonthItem),
    readCloses: async (addresses) => (await readMany(table, addresses.map(closeKey))).map(readCloseItem),
    moveMonth: ({ before, after }) =>
      putGuarded(table, monthItem(after), isAsRead('revision', before), ...byAnother(after)),
  };
}

/** What is closed was proposed by somebody else (DESIGN §4.10); whoever proposed may take it back. */
function byAnother({ state, checker }: { readonly state: string; readonly checker?: string | undefined }): Clause[] {
  if (state !== 'closed') return [];
  return [{ when: ['#maker <> :checker'], names: { '#maker': 'maker' }, values: { ':checker': checker } }];
}

async function readRecordOf(table: Table, address: DayAddress): Promise<DayRecord> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': reconciliationPartition(address) },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) items.push(...(page.Items ?? []));
  const of = (entity: string) => items.filter((item) => item['entity'] === entity);
  return {
    day: of('statement-day').map(readDayItem)[0],
    runs: of('reconciliation-run').map(readRunItem),
    refusals: of('refused-file').map(readRefusedFileItem),
    exceptions: of('exception').map(readExceptionItem),
    adjustments: of('adjustment').map(readAdjustmentItem),
    close: of('day-close').map(readCloseItem)[0],
  };
}

async function hasAny(table: Table, moneyDay: string): Promise<boolean> {
  const { Items: items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: indexes.moneyByDay,
      KeyConditionExpression: 'moneyDay = :day',
      ExpressionAttributeValues: { ':day': moneyDay },
      Limit: 1,
    }),
  );
  return items.length > 0;
}

/** As many as one request takes. */
const keysPerRequest = 100;

async function readMany(table: Table, keys: readonly Key[]): Promise<readonly Item[]> {
  const found: Item[] = [];
  const left = [...keys];
  while (left.length > 0) {
    const request = { [table.name]: { Keys: left.splice(0, keysPerRequest), ConsistentRead: true } };
    const { Responses: responses = {}, UnprocessedKeys: unread = {} } = await sendPatiently(() =>
      table.client.send(new BatchGetCommand({ RequestItems: request })),
    );
    found.push(...(responses[table.name] ?? []));
    left.push(...(unread[table.name]?.Keys ?? []).map(readKey));
  }
  return found;
}

const readKey = (key: Item): Key => ({ pk: String(key['pk']), sk: String(key['sk']) });
