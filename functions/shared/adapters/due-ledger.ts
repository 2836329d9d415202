import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant, PaymentId } from '#schemas/ids.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { DueLedger, DuePayment } from '#shared/domain/ports.ts';
import { statesBefore } from '#shared/domain/states.ts';
import { updatePayment } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { sendPatiently } from './dynamo-retry.ts';
import { type Clause, isOneOf, updateOf } from './expressions.ts';
import { moved, versionIs } from './payment-clauses.ts';
import { claimKey, dueShardOf, dueShards, indexes, paymentKey } from './payment-items.ts';
import { readDueItem } from './read-items.ts';
import { readPayment } from './read-payment.ts';
import { readRecord } from './read-record.ts';

export function makeDueLedger(table: Table): DueLedger {
  return {
    findDue: (now, limit) => findDue(table, now, limit),
    readRecord: (paymentId) => readRecord(table, paymentId),
    reschedule: (payment, dueAt) =>
      moveLook(table, payment.paymentId, versionIs(payment.version), lookAt(payment.paymentId, dueAt)),
    postpone: (due, dueAt) => moveLook(table, due.paymentId, lookWas(due.dueAt), lookAt(due.paymentId, dueAt)),
    expire: (payment, at) => expire(table, payment, at),
  };
}

async function findDue(table: Table, now: Instant, limit: number): Promise<readonly DuePayment[]> {
  const shards = await Promise.all(dueShards.map((shard) => findDueIn(table, shard, now, limit)));
  return shards
    .flat()
    .toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
    .slice(0, limit);
}

/** As many as the whole answer may hold, since all of them may lie in one shard. */
async function findDueIn(table: Table, shard: string, now: Instant, limit: number): Promise<DuePayment[]> {
  const found: DuePayment[] = [];
  const pages = paginateQuery(
    { client: table.client, pageSize: limit },
    {
      TableName: table.name,
      IndexName: indexes.paymentsDue,
      KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
      ExpressionAttributeValues: { ':shard': shard, ':now': now },
      ProjectionExpression: 'paymentId, dueAt',
    },
  );
  for await (const page of pages) {
    found.push(...(page.Items ?? []).map(readDueItem));
    if (found.length >= limit) break;
  }
  return found;
}

async function moveLook(table: Table, paymentId: PaymentId, ...clauses: Clause[]): Promise<'written' | 'changed'> {
  const answer = await updatePayment(table, paymentId, ...clauses);
  return answer.kind === 'written' ? 'written' : 'changed';
}

const lookNames = { '#dueAt': 'dueAt', '#dueShard': 'dueShard' };

/** Without a time the payment leaves the index. */
function lookAt(paymentId: PaymentId, dueAt: Instant | undefined): Clause {
  if (dueAt === undefined) return { remove: ['#dueAt', '#dueShard'], names: lookNames };
  return {
    set: ['#dueAt = :dueAt', '#dueShard = :dueShard'],
    names: lookNames,
    values: { ':dueAt': dueAt, ':dueShard': dueShardOf(paymentId) },
  };
}

function lookWas(dueAt: Instant): Clause {
  return { when: ['#dueAt = :seen'], names: lookNames, values: { ':seen': dueAt } };
}

/** Open → expired, together with the claims on its debts, so that another payment may claim them. */
async function expire(table: Table, payment: Payment, at: Instant): Promise<'expired' | 'changed'> {
  const { paymentId } = payment;
  const expiring = {
    Update: {
      TableName: table.name,
      Key: paymentKey(paymentId),
      ...updateOf(
        isOneOf('#state', statesBefore('expire')),
        versionIs(payment.version),
        expired(at),
        moved(paymentId, 'expired', at),
      ),
    },
  };
  const releasing = payment.claims.map(({ dossierCode, debtId }) => ({
    Delete: {
      TableName: table.name,
      Key: claimKey(dossierCode, debtId),
      ConditionExpression: 'paymentId = :paymentId',
      ExpressionAttributeValues: { ':paymentId': paymentId },
    },
  }));
  try {
    await sendPatiently(() => table.client.send(new TransactWriteCommand({ TransactItems: [expiring, ...releasing] })));
    return 'expired';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [ofPayment, ...ofClaims] = (error.CancellationReasons ?? []).map((reason) => reason.Code);
    if (ofPayment === 'ConditionalCheckFailed') return (await wasOurs(table, paymentId, at)) ? 'expired' : 'changed';
    if (!ofClaims.includes('ConditionalCheckFailed')) throw error;
    throw new BrokenInvariant(
      `Payment ${paymentId} is open but does not hold all its claims, so it cannot give them back: were claims changed by hand?`,
    );
  }
}

function expired(at: Instant): Clause {
  return {
    set: ['#state = :expired', '#expiredAt = :expiredAt'],
    names: { '#state': 'state', '#expiredAt': 'expiredAt' },
    values: { ':expired': 'expired', ':expiredAt': at },
  };
}

/** A write that was committed without our hearing of it is refused when it is sent again. */
async function wasOurs(table: Table, paymentId: PaymentId, at: Instant): Promise<boolean> {
  const payment = await readPayment(table, paymentId);
  return payment?.expiredAt === at;
}
