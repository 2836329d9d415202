import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Instant, instantSchema } from '#schemas/ids.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { claimItem, claimKey, dueShardOf, paymentKey } from '#shared/adapters/payment-items.ts';
import { readPayment } from '#shared/adapters/read-payment.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { Payment } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { paymentStates } from '#shared/domain/states.ts';
import { injectFault } from '#test/support/faults.ts';
import { startTestTable } from '#test/support/local-engines.ts';
import { anOpenRecord, createdAt, expiredAt, expiresAt } from '#test/support/owing-records.ts';
import { putRecord } from '#test/support/paid-record.ts';

let table: Table;
beforeEach(async () => {
  const { documentClient, tableName } = await startTestTable();
  table = { client: documentClient, name: tableName };
});

const ledger = () => makeDueLedger(table);
const later = instantAfter(expiresAt, 60_000);

async function put(record: PaymentRecord): Promise<Payment> {
  await putRecord(table, record);
  return record.payment;
}

async function stored(payment: Payment): Promise<Payment | undefined> {
  return readPayment(table, payment.paymentId);
}

async function claimsHeld(payment: Payment): Promise<boolean[]> {
  const answers = payment.claims.map(({ dossierCode, debtId }) =>
    table.client.send(
      new GetCommand({ TableName: table.name, Key: claimKey(dossierCode, debtId), ConsistentRead: true }),
    ),
  );
  return (await Promise.all(answers)).map(({ Item: item }) => item !== undefined);
}

async function touch(payment: Payment): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: paymentKey(payment.paymentId),
      UpdateExpression: 'SET version = version + :one',
      ExpressionAttributeValues: { ':one': 1 },
      ConditionExpression: 'attribute_exists(pk)',
    }),
  );
}

describe('finding what is due', () => {
  it('gives payments of all shards, the oldest first, and none before its time', async () => {
    const dueAts = Array.from({ length: 40 }, (_, index) => instantAfter(createdAt, ((index * 17) % 40) * 60_000));
    const payments = await Promise.all(dueAts.map((dueAt) => put(anOpenRecord([{}], { dueAt }))));
    await put(anOpenRecord([{}], { dueAt: undefined }));
    const now = instantAfter(createdAt, 29 * 60_000);

    const found = await ledger().findDue(now, 100);

    expect(found.map(({ dueAt }) => dueAt)).toEqual(dueAts.filter((dueAt) => dueAt <= now).toSorted());
    expect(new Set(payments.map(({ paymentId }) => dueShardOf(paymentId))).size).toBe(8);
  });

  it('gives no more than it is asked for, and the oldest of all', async () => {
    const dueAts = Array.from({ length: 20 }, (_, index) => instantAfter(createdAt, index));
    await Promise.all(dueAts.map((dueAt) => put(anOpenRecord([{}], { dueAt }))));

    expect((await ledger().findDue(later, 7)).map(({ dueAt }) => dueAt)).toEqual(dueAts.slice(0, 7));
  });

  it('goes on over pages of large payments', async () => {
    // 300 KB each, of one shard: a page of an index holds 1 MB.
    const large = (dueAt: Instant) => anOpenRecord([{}], { dueAt, reference: 'x'.repeat(300_000) });
    const candidates = Array.from({ length: 64 }, (_, index) => large(instantAfter(createdAt, index)));
    const ofOneShard = candidates.filter(({ payment }) => dueShardOf(payment.paymentId) === 'DUE#3').slice(0, 6);
    await Promise.all(ofOneShard.map(put));

    expect(await ledger().findDue(later, 6)).toHaveLength(6);
  });
});

describe('rescheduling', () => {
  it('moves the look without making the payment another one', async () => {
    const payment = await put(anOpenRecord());

    expect(await ledger().reschedule(payment, later)).toBe('written');

    expect(await stored(payment)).toEqual({ ...payment, settlement: undefined, dueAt: later });
    expect(await ledger().findDue(expiresAt, 10)).toEqual([]);
    expect(await ledger().findDue(later, 10)).toEqual([{ paymentId: payment.paymentId, dueAt: later }]);
  });

  it('lets a payment go', async () => {
    const payment = await put(anOpenRecord());
    expect(await ledger().reschedule(payment, undefined)).toBe('written');
    expect((await stored(payment))?.dueAt).toBeUndefined();
    expect(await ledger().findDue(later, 10)).toEqual([]);
  });

  it('leaves a payment that changed since it was read as it is', async () => {
    const payment = await put(anOpenRecord());
    await touch(payment);
    expect(await ledger().reschedule(payment, undefined)).toBe('changed');
    expect((await stored(payment))?.dueAt).toBe(expiresAt);
  });

  it.each(['throttle', 'conflict', 'committed-then-timeout'] as const)(
    'ends the same after a fault: %s',
    async (kind) => {
      const payment = await put(anOpenRecord());
      const fault = injectFault(table.client, { command: 'UpdateItemCommand', kind, seenBy: 'sdk' });
      expect(await ledger().reschedule(payment, later)).toBe('written');
      expect(fault.struck()).toBe(1);
      expect((await stored(payment))?.dueAt).toBe(later);
    },
  );

  it('puts off a payment that cannot be read, unless something else moved it', async () => {
    const { paymentId } = await put(anOpenRecord());
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: paymentKey(paymentId),
        UpdateExpression: 'SET amountVnd = :half',
        ExpressionAttributeValues: { ':half': 0.5 },
      }),
    );

    expect(await ledger().postpone({ paymentId, dueAt: expiresAt }, later)).toBe('written');
    expect(await ledger().findDue(later, 10)).toEqual([{ paymentId, dueAt: later }]);
  });

  it('does not put off what was moved meanwhile, or is not there', async () => {
    const { paymentId } = await put(anOpenRecord());
    const seenBefore = { paymentId, dueAt: instantSchema.parse('2026-11-20T00:00:00.000Z') };
    expect(await ledger().postpone(seenBefore, later)).toBe('changed');
    const absent = anOpenRecord().payment;
    expect(await ledger().postpone({ paymentId: absent.paymentId, dueAt: expiresAt }, later)).toBe('changed');
    expect(await stored(absent)).toBeUndefined();
  });
});

describe('expiring', () => {
  it('ends the payment, frees its debts and makes it due for its confirmation', async () => {
    const payment = await put(anOpenRecord([{}, {}]));

    expect(await ledger().expire(payment, expiredAt)).toBe('expired');

    expect(await stored(payment)).toMatchObject({
      state: 'expired',
      expiredAt,
      dueAt: expiredAt,
      history: { open: { at: createdAt }, expired: { at: expiredAt } },
      version: 2,
    });
    expect(await claimsHeld(payment)).toEqual([false, false]);
  });

  it.each(paymentStates.filter((state) => state !== 'open'))('refuses a payment that is %s', async (state) => {
    const payment = await put(anOpenRecord([{}], { state }));
    expect(await ledger().expire(payment, expiredAt)).toBe('changed');
    expect((await stored(payment))?.state).toBe(state);
  });

  it('refuses a payment that changed since it was read, and keeps its claims', async () => {
    const payment = await put(anOpenRecord());
    await touch(payment);
    expect(await ledger().expire(payment, expiredAt)).toBe('changed');
    expect((await stored(payment))?.state).toBe('open');
    expect(await claimsHeld(payment)).toEqual([true]);
  });

  it('never frees a debt that another payment claims', async () => {
    const payment = await put(anOpenRecord());
    const [claim] = payment.claims;
    if (claim === undefined) throw new Error('no claim');
    const other = anOpenRecord().payment;
    await table.client.send(new PutCommand({ TableName: table.name, Item: claimItem(other.paymentId, claim) }));

    await expect(ledger().expire(payment, expiredAt)).rejects.toThrow(BrokenInvariant);

    expect((await stored(payment))?.state).toBe('open');
    expect(await claimsHeld(payment)).toEqual([true]);
  });

  it('calls for a person when a claim is missing', async () => {
    const payment = await put(anOpenRecord());
    const [claim] = payment.claims;
    if (claim === undefined) throw new Error('no claim');
    const Key = claimKey(claim.dossierCode, claim.debtId);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
    await expect(ledger().expire(payment, expiredAt)).rejects.toThrow(/claims changed by hand/);
  });

  it.each(['throttle', 'conflict', 'conflict-reason', 'committed-then-timeout'] as const)(
    'ends the same after a fault: %s',
    async (kind) => {
      const payment = await put(anOpenRecord());
      const seenBy = kind === 'committed-then-timeout' ? 'sdk' : 'caller';
      const fault = injectFault(table.client, { command: 'TransactWriteItemsCommand', kind, seenBy });

      expect(await ledger().expire(payment, expiredAt)).toBe('expired');

      expect(fault.struck()).toBe(1);
      expect(await stored(payment)).toMatchObject({ state: 'expired', version: 2 });
      expect(await claimsHeld(payment)).toEqual([false]);
    },
  );
});
