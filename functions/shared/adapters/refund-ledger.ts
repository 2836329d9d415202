import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '#schemas/ids.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { holdsReserve, type Refund } from '#shared/domain/refund.ts';
import type { RefundLedger, RefundMove } from '#shared/domain/refund-ports.ts';
import type { RefundableMoney } from '#shared/domain/refundable-money.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, updateOf } from './expressions.ts';
import { stirred, versionIs } from './payment-clauses.ts';
import { indexes, type Key, moneyKeyOf, openRefundShard, paymentKey, refundItem } from './payment-items.ts';
import { readRefundItem } from './read-items.ts';
import { readRecord } from './read-record.ts';

export function makeRefundLedger(table: Table): RefundLedger {
  return {
    readRecord: (paymentId) => readRecord(table, paymentId),
    propose: (refund, money) => propose(table, refund, money),
    move: (refundMove) => move(table, refundMove),
    findOpen: () => findOpen(table),
  };
}

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

function propose(table: Table, refund: Refund, money: RefundableMoney): Promise<'written' | 'changed'> {
  const put = { TableName: table.name, Item: refundItem(refund), ConditionExpression: 'attribute_not_exists(pk)' };
  const ofPayment = [counted(refund.ordinal), stirred(refund.paymentId, refund.madeAt)];
  return writeTogether(table, [{ Put: put }, ...heldIn(table, { refund, money }, ofPayment, reserved(refund, money))]);
}

function move(table: Table, { before, after, money, paymentVersion }: RefundMove): Promise<'written' | 'changed'> {
  const byAnother = after.checker === undefined ? [] : ['maker <> :checker'];
  const put: Write = {
    Put: {
      TableName: table.name,
      Item: refundItem(after),
      ConditionExpression: ['#version = :seen', ...byAnother].join(' AND '),
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: {
        ':seen': before.version,
        ...(after.checker === undefined ? {} : { ':checker': after.checker }),
      },
    },
  };
  // What was said to the gateway moves nothing: the payment owes the same as before.
  if (before.state === after.state) return writeTogether(table, [put]);
  const ofPayment = [
    stirred(after.paymentId, lastStepOf(after)),
    ...(paymentVersion === undefined ? [] : [versionIs(paymentVersion)]),
  ];
  return writeTogether(table, [
    put,
    ...heldIn(table, { refund: after, money }, ofPayment, effectOf(before, after, money)),
  ]);
}

/** What a new state means for the money, in the same transaction. */
function effectOf(before: Refund, after: Refund, money: RefundableMoney): Clause | undefined {
  if (holdsReserve(before) && !holdsReserve(after)) return released(after);
  return after.state === 'refunded' ? paidBack(after, money) : undefined;
}

/** The payment holds the sums of its settlement; other money holds its own, and its payment only hears of it. */
function heldIn(
  table: Table,
  { refund: { paymentId }, money: { moneyClass, money } }: { refund: Refund; money: RefundableMoney },
  ofPayment: readonly Clause[],
  ofMoney: Clause | undefined,
): Write[] {
  const update = (key: Key, clauses: readonly Clause[]): Write => ({
    Update: { TableName: table.name, Key: key, ...updateOf({ when: ['attribute_exists(pk)'] }, ...clauses) },
  });
  const effects = ofMoney === undefined ? [] : [ofMoney];
  if (moneyClass === 'settlement') return [update(paymentKey(paymentId), [...ofPayment, ...effects])];
  return [
    update(paymentKey(paymentId), ofPayment),
    ...effects.map((effect) => update(moneyKeyOf({ ...money, paymentId }), [effect])),
  ];
}

/** Each refund of a payment has a number of its own, which its events are known by. */
function counted(ordinal: number): Clause {
  return {
    set: ['#count = :ordinal'],
    when: [ordinal === 1 ? 'attribute_not_exists(#count)' : '#count = :ordinalBefore'],
    names: { '#count': 'refundCount' },
    values: { ':ordinal': ordinal, ...(ordinal === 1 ? {} : { ':ordinalBefore': ordinal - 1 }) },
  };
}

/** The condition that no race gets round: what is reserved, with this, is no more than what was paid. */
function reserved({ amountVnd, refundId }: Refund, { money }: RefundableMoney): Clause {
  const room = money.amountVnd - amountVnd;
  if (room < 0) throw new BrokenInvariant(`refund ${refundId} is more than was paid: its plan must have refused it`);
  return {
    set: ['#reserved = if_not_exists(#reserved, :zero) + :refundVnd'],
    when: ['(attribute_not_exists(#reserved) OR #reserved <= :room)'],
    names: { '#reserved': 'refundReservedVnd' },
    values: { ':zero': 0, ':refundVnd': amountVnd, ':room': room },
  };
}

function released({ amountVnd }: Refund): Clause {
  return {
    set: ['#reserved = #reserved - :refundVnd'],
    when: ['#reserved >= :refundVnd'],
    names: { '#reserved': 'refundReservedVnd' },
    values: { ':refundVnd': amountVnd },
  };
}

/** On what was read, since the refund itself says whether now all is back. Other money is then at its end. */
function paidBack({ amountVnd, extent, moneyClass }: Refund, { refundedVnd }: RefundableMoney): Clause {
  const isAtEnd = extent === 'full' && moneyClass !== 'settlement';
  return {
    set: ['#refunded = :refundedVnd'],
    ...(isAtEnd ? { remove: ['dueShard', 'dueAt'] } : {}),
    when: [refundedVnd === 0 ? 'attribute_not_exists(#refunded)' : '#refunded = :refundedBefore'],
    names: { '#refunded': 'refundedVnd' },
    values: {
      ':refundedVnd': refundedVnd + amountVnd,
      ...(refundedVnd === 0 ? {} : { ':refundedBefore': refundedVnd }),
    },
  };
}

async function writeTogether(table: Table, writes: Write[]): Promise<'written' | 'changed'> {
  const command = new TransactWriteCommand({ TransactItems: writes });
  try {
    await sendPatiently(() => table.client.send(command));
    return 'written';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (codes.includes('ConditionalCheckFailed')) return 'changed';
    throw error;
  }
}

function lastStepOf({ history, madeAt }: Refund): Instant {
  return history.at(-1)?.at ?? madeAt;
}

async function findOpen(table: Table): Promise<readonly Refund[]> {
  const open: Refund[] = [];
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      IndexName: indexes.paymentsDue,
      KeyConditionExpression: 'dueShard = :shard',
      ExpressionAttributeValues: { ':shard': openRefundShard },
    },
  );
  for await (const page of pages) open.push(...(page.Items ?? []).map(readRefundItem));
  return open;
}
