import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Exception } from '#shared/domain/exception.ts';
import type { ExceptionLedger } from '#shared/domain/reconciliation-ports.ts';
import type { Table } from './dynamo.ts';
import type { Clause } from './expressions.ts';
import { isAsRead, putGuarded } from './guarded-writes.ts';
import { indexes } from './payment-items.ts';
import { exceptionItem, exceptionKey, openExceptionShards, readExceptionItem } from './reconciliation-items.ts';
import { readItem } from './reconciliation-ledger.ts';

/** What the finance desk does about exceptions. */
export function makeExceptionLedger(table: Table): ExceptionLedger {
  return {
    findOpen: () => findOpen(table),
    readException: (exceptionId) => readItem(table, exceptionKey(exceptionId), readExceptionItem),
    moveException: ({ before, after, checker }) =>
      putGuarded(
        table,
        exceptionItem(after),
        isAsRead('revision', before),
        ...(checker === undefined ? [] : [proposedByAnother(checker)]),
      ),
  };
}

/** No decision before the write can get round it (DESIGN §4.10). */
function proposedByAnother(checker: string): Clause {
  return {
    when: ['#proposal.#maker <> :checker'],
    names: { '#proposal': 'proposal', '#maker': 'maker' },
    values: { ':checker': checker },
  };
}

async function findOpen(table: Table): Promise<readonly Exception[]> {
  const shards = await Promise.all(openExceptionShards.map((shard) => findOpenIn(table, shard)));
  return shards.flat().toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

const placeOf = ({ dueAt, exceptionId }: Exception): string => `${dueAt}#${exceptionId}`;

async function findOpenIn(table: Table, shard: string): Promise<Exception[]> {
  const found: Exception[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      IndexName: indexes.paymentsDue,
      KeyConditionExpression: 'dueShard = :shard',
      ExpressionAttributeValues: { ':shard': shard },
    },
  );
  for await (const page of pages) found.push(...(page.Items ?? []).map(readExceptionItem));
  return found;
}
