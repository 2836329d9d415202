import { BatchGetCommand, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { receiptContentSchema } from '#schemas/receipt.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type {
  NumberRange,
  ReceiptHint,
  ReceiptHints,
  ReceiptRegister,
  SeriesName,
} from '#shared/domain/receipt-register.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { indexes, type Key, registerKey } from './payment-items.ts';
import { readReceiptItem } from './read-items.ts';
import { makeReceiptLedger } from './receipt-ledger.ts';
import { startPatience, usualBudget } from './retry-budget.ts';

/** DynamoDB gives so many items for one list of keys. */
const pageSize = 100;

/** The register of receipts, for reports: reads only. */
export function makeRegisterReader(table: Table): ReceiptRegister & ReceiptHints {
  const ledger = makeReceiptLedger(table);
  return {
    readSeries: (taxCode, template) => ledger.readSeries(taxCode, template),
    readPages: (series, numbers) => readPages(table, series, numbers),
    findFrom: (series, number) => findFrom(table, series, number),
    readHints: (series, numbers) => readHints(table, series, numbers),
  };
}

async function* readPages(
  table: Table,
  series: SeriesName,
  { from, to }: NumberRange,
): AsyncGenerator<readonly Receipt[]> {
  // DynamoDB refuses a range that ends before it begins.
  if (from > to) return;
  const pages = paginateQuery(
    { client: table.client, pageSize },
    {
      TableName: table.name,
      IndexName: indexes.receiptsByNumber,
      KeyConditionExpression: 'seriesKey = :series AND receiptNumber BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':series': registerKey(series), ':from': from, ':to': to },
      ProjectionExpression: 'pk, sk',
    },
  );
  for await (const page of pages) yield await readConsistently(table, z.array(keySchema).parse(page.Items ?? []));
}

/** An item that breaks its schema names no payment, and is for those who read the receipts themselves. */
async function* readHints(
  table: Table,
  series: SeriesName,
  { from, to }: NumberRange,
): AsyncGenerator<readonly ReceiptHint[]> {
  if (from > to) return;
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      IndexName: indexes.receiptsByNumber,
      KeyConditionExpression: 'seriesKey = :series AND receiptNumber BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':series': registerKey(series), ':from': from, ':to': to },
      ProjectionExpression: '#content.#paymentId, #content.#gateway, #content.#paidAt',
      ExpressionAttributeNames: {
        '#content': 'content',
        '#paymentId': 'paymentId',
        '#gateway': 'gateway',
        '#paidAt': 'paidAt',
      },
    },
  );
  for await (const { Items: items = [] } of pages) {
    yield items.flatMap((item) => hintSchema.safeParse(item['content']).data ?? []);
  }
}

const hintSchema = z.pick(receiptContentSchema, { paymentId: true, gateway: true, paidAt: true });

async function findFrom(table: Table, series: SeriesName, number: number): Promise<Receipt | undefined> {
  const { Items: items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: indexes.receiptsByNumber,
      KeyConditionExpression: 'seriesKey = :series AND receiptNumber >= :number',
      ExpressionAttributeValues: { ':series': registerKey(series), ':number': number },
      Limit: 1,
    }),
  );
  return items.map(readReceiptItem)[0];
}

const keySchema = z.object({ pk: z.string(), sk: z.string() });

/** The receipts of these keys as their own items say, in the same order; one whose item is gone was a ghost of the index. */
async function readConsistently(table: Table, inOrder: readonly Key[]): Promise<readonly Receipt[]> {
  const found = new Map<string, Receipt>();
  const pause = startPatience(usualBudget);
  let keys = [...inOrder];
  while (keys.length > 0) {
    const request = new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } });
    const answer = await sendPatiently(() => table.client.send(request));
    for (const item of answer.Responses?.[table.name] ?? []) {
      found.set(nameOf(keySchema.parse(item)), readReceiptItem(item));
    }
    keys = z.array(keySchema).parse(answer.UnprocessedKeys?.[table.name]?.Keys ?? []);
    if (keys.length > 0 && !(await pause())) {
      throw new Error(
        `${keys.length} receipts could not be read in time: the table is busy, run the report again later`,
      );
    }
  }
  return inOrder.flatMap((key) => found.get(nameOf(key)) ?? []);
}

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
