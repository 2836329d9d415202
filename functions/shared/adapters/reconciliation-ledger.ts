import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Exception, ExceptionMove } from '#shared/domain/exception.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { type ExceptionBatch, mostMoves, type ReconciliationLedger } from '#shared/domain/reconciliation-ports.ts';
import type { DayAddress, DayMove, RunTicket } from '#shared/domain/statement-day.ts';
import type { Table } from './dynamo.ts';
import { type Clause, updateOf } from './expressions.ts';
import { changedUnless, guardedPut, isAsRead, isNew, putGuarded, type Write, writeTogether } from './guarded-writes.ts';
import type { Item, Key } from './payment-items.ts';
import {
  adjustmentItem,
  dayItem,
  dayKey,
  exceptionItem,
  exceptionPrefix,
  readDayItem,
  readExceptionItem,
  readRunItem,
  reconciliationPartition,
  refusedFileItem,
  runItem,
  runKey,
} from './reconciliation-items.ts';

/** What reconcile-day writes. */
export function makeReconciliationLedger(table: Table): ReconciliationLedger {
  return {
    readDay: (address) => readItem(table, dayKey(address), readDayItem),
    readExceptions: (address) => readExceptions(table, address),
    readRun: (address, number) => readItem(table, runKey(address, number), readRunItem),
    moveDay: ({ before, after }) => putGuarded(table, dayItem(after), isAsRead('version', before)),
    async recordRefusal(refusal, move) {
      const [isKnown, hasMoved] = await writeTogether(table, [
        { Put: guardedPut(table, refusedFileItem(refusal), isNew) },
        putDay(table, move),
      ]);
      if (isKnown === true) return 'exists';
      return hasMoved === true ? 'changed' : 'written';
    },
    writeExceptions: async (batch) => changedUnless(await writeTogether(table, writesOf(table, batch))),
    commitRun: async (run, move) =>
      changedUnless(await writeTogether(table, [putDay(table, move), { Put: guardedPut(table, runItem(run), isNew) }])),
  };
}

export function putDay(table: Table, { before, after }: DayMove): Write {
  return { Put: guardedPut(table, dayItem(after), isAsRead('version', before)) };
}

function writesOf(table: Table, { ticket, moves, booking }: ExceptionBatch): Write[] {
  if (moves.length > mostMoves) {
    throw new BrokenInvariant(`${moves.length} exceptions are more than the ${mostMoves} that one transaction takes`);
  }
  const adjustments = booking?.adjustments ?? [];
  return [
    { ConditionCheck: { TableName: table.name, Key: dayKey(ticket), ...conditionOf(mayStillWrite(ticket)) } },
    ...(booking === undefined ? [] : [putDay(table, booking.move)]),
    ...moves.map((move) => ({ Put: putException(table, move) })),
    ...adjustments.map((one) => ({ Put: guardedPut(table, adjustmentItem(one), isNew) })),
  ];
}

/** The step of an exception, on condition that it is as it was read. */
export function putException(table: Table, { before, after }: ExceptionMove, ...further: readonly Clause[]) {
  return guardedPut(table, exceptionItem(after), isAsRead('revision', before), ...further);
}

function mayStillWrite({ fence }: RunTicket): Clause {
  return {
    when: ['#running.#fence = :fence'],
    names: { '#running': 'running', '#fence': 'fence' },
    values: { ':fence': fence },
  };
}

function conditionOf(clause: Clause) {
  const { UpdateExpression: _none, ...condition } = updateOf(clause);
  return condition;
}

/** One item, read consistently. */
export async function readItem<Content>(
  table: Table,
  key: Key,
  read: (item: Item) => Content,
): Promise<Content | undefined> {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return item === undefined ? undefined : read(item);
}

async function readExceptions(table: Table, address: DayAddress): Promise<readonly Exception[]> {
  const found: Exception[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': reconciliationPartition(address), ':prefix': exceptionPrefix },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) found.push(...(page.Items ?? []).map(readExceptionItem));
  return found;
}
