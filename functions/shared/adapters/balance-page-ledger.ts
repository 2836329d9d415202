import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import {
  businessDateSchema,
  gatewayNameSchema,
  type Instant,
  instantSchema,
  merchantNameSchema,
} from '#schemas/ids.ts';
import type { BalancePageLedger, OwedPage } from '#shared/domain/balance-page-ports.ts';
import type { DayClose } from '#shared/domain/day-close.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { Table } from './dynamo.ts';
import type { Clause } from './expressions.ts';
import { updateGuarded } from './guarded-writes.ts';
import { indexes } from './payment-items.ts';
import { closeKey, owedPageShard, readCloseItem } from './reconciliation-items.ts';
import { readItem } from './reconciliation-ledger.ts';

/** What the sweep does about the pages of closed days. */
export function makeBalancePageLedger(table: Table): BalancePageLedger {
  return {
    findOwed: () => findOwed(table),
    readClose: (address) => readItem(table, closeKey(address), readCloseItem),
    recordPage: (close, page) =>
      moveClose(table, close, isThisClose(close), hasNoPage, lookAt(undefined), {
        set: ['#page = :page'],
        names: { '#page': 'page' },
        values: { ':page': page },
      }),
    reschedule: (owed, dueAt) => moveClose(table, owed, lookWas(owed.dueAt), lookAt(dueAt)),
  };
}

const owedPageSchema = z.object({
  gateway: gatewayNameSchema,
  merchant: merchantNameSchema,
  day: businessDateSchema,
  dueAt: instantSchema,
  decidedAt: instantSchema,
});

/** Only what names a close: one that cannot be read must not stand before the others. */
async function findOwed(table: Table): Promise<readonly OwedPage[]> {
  const found: OwedPage[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      IndexName: indexes.paymentsDue,
      KeyConditionExpression: 'dueShard = :shard',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':shard': owedPageShard },
      ProjectionExpression: 'gateway, merchant, #day, dueAt, decidedAt',
    },
  );
  for await (const page of pages) {
    for (const item of page.Items ?? []) {
      const { decidedAt: closedAt, ...owed } = owedPageSchema.parse(item);
      found.push({ ...owed, closedAt });
    }
  }
  return found;
}

const hasNoPage: Clause = { when: ['attribute_not_exists(#page)'], names: { '#page': 'page' } };

/** A restored table may have been closed again on the same books, by others. */
function isThisClose({ digest, decidedAt }: DayClose): Clause {
  return {
    when: ['#state = :closed', '#digest = :digest', '#decidedAt = :decidedAt'],
    names: { '#state': 'state', '#digest': 'digest', '#decidedAt': 'decidedAt' },
    values: { ':closed': 'closed', ':digest': digest, ':decidedAt': decidedAt },
  };
}

const lookNames = { '#dueAt': 'dueAt', '#dueShard': 'dueShard' };

function lookWas(dueAt: Instant): Clause {
  return { when: ['#dueAt = :seen'], names: lookNames, values: { ':seen': dueAt } };
}

/** Without a time the close leaves the index. */
function lookAt(dueAt: Instant | undefined): Clause {
  if (dueAt === undefined) return { remove: ['#dueAt', '#dueShard'], names: lookNames };
  return {
    set: ['#dueAt = :dueAt', '#dueShard = :dueShard'],
    names: lookNames,
    values: { ':dueAt': dueAt, ':dueShard': owedPageShard },
  };
}

/** When to look, and the page, are no steps of the close, so its revision stays. */
const moveClose = (table: Table, address: DayAddress, ...clauses: readonly Clause[]) =>
  updateGuarded(table, closeKey(address), ...clauses);
