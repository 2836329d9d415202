import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dossierCodeSchema } from '#schemas/codes.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { paymentKey } from '#shared/adapters/payment-items.ts';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import { type ChaseScene, makeChaseScene } from '#test/support/chase-scene.ts';
import { injectFault } from '#test/support/faults.ts';
import { anExpiredRecord, anOpenRecord, aWaivedRecord, withSignedReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord, putPaidPayments, putRecord } from '#test/support/paid-record.ts';
import { failEntries } from '#test/support/queue-faults.ts';

const scenes: ChaseScene[] = [];
let scene: ChaseScene;

beforeEach(async () => {
  scene = await makeChaseScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

async function put(record: PaymentRecord): Promise<PaymentId> {
  await putRecord(scene.table, record);
  return record.payment.paymentId;
}

function ofDossier(code: string, record: PaymentRecord): PaymentRecord {
  const dossierCode = dossierCodeSchema.parse(code);
  return { ...record, charges: record.charges.map((charge) => ({ ...charge, dossierCode })) };
}

const receivedTypes = async () => (await scene.drainQueue()).map(({ type }) => type);

describe('sending the confirmations of payments', () => {
  it('puts them on the queue and records each as sent', async () => {
    const record = withSignedReceipts(aPaidRecord());
    const paymentId = await put(record);

    expect(await scene.send([paymentId])).toEqual(new Map([[paymentId, { kind: 'done' }]]));

    const owed = owedConfirmations(record);
    expect(await scene.drainQueue()).toEqual(owed.map(({ event }) => event));
    const sentAt = '2026-11-23T02:15:32.000Z';
    const { confirmations } = await scene.record(paymentId);
    expect(confirmations).toHaveLength(2);
    expect(confirmations).toEqual(expect.arrayContaining(owed.map((each) => ({ ...each, paymentId, sentAt }))));
    expect(scene.codes()).toEqual(['CONFIRMATIONS_SENT']);
  });

  it.each([
    ['an expired payment', anExpiredRecord(), [eventTypes.paymentExpired]],
    ['a payment of 0 đ', aWaivedRecord(), [eventTypes.nothingToPay]],
    ['an open payment', anOpenRecord(), []],
  ])('says what there is to say of %s', async (_, record, types) => {
    await scene.send([await put(record)]);
    expect(await receivedTypes()).toEqual(types);
  });

  it('says nothing twice, called again or by several at once', async () => {
    const ids = await putPaidPayments(scene.table, 5);
    await Promise.all([scene.send(ids), scene.send(ids), scene.send(ids)]);
    await scene.send(ids);
    expect(await receivedTypes()).toHaveLength(5);
  });

  it('says only what is new', async () => {
    const record = aPaidRecord();
    const paymentId = await put(record);
    await scene.send([paymentId]);
    await put(withSignedReceipts(record));

    await scene.send([paymentId]);

    expect(await receivedTypes()).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
  });

  it('keeps the order of the payments that concern one dossier', async () => {
    const ids = await putPaidPayments(scene.table, 12);
    await scene.send(ids);
    expect((await scene.drainQueue()).map(({ data }) => data.paymentId)).toEqual(ids);
  });
});

describe('a confirmation that cannot be sent', () => {
  it('leaves its payment for later and holds up no other', async () => {
    const stuck = withSignedReceipts(aPaidRecord());
    const other = ofDossier('H49.14-261122-0002', aPaidRecord());
    const ids = [await put(stuck), await put(other)];
    const [first] = owedConfirmations(stuck);
    const faulty = failEntries(scene.engine.sqs, (id) => (id === first?.event.id ? 'unacceptable' : undefined));

    const answers = await scene.send(ids);

    expect([...answers.values()]).toEqual([{ kind: 'later', why: expect.any(String) }, { kind: 'done' }]);
    expect((await scene.record(stuck.payment.paymentId)).confirmations).toEqual([]);
    expect(scene.codes()).toEqual(['CONFIRMATIONS_SENT', 'CONFIRMATION_DELAYED']);
    faulty.stop();
    await scene.send(ids);
    const received = await scene.drainQueue();
    expect(received.map(({ id }) => id).toSorted()).toEqual(
      [stuck, other].flatMap((record) => owedConfirmations(record).map(({ event }) => event.id)).toSorted(),
    );
  });

  it('is sent again with the same id when it was sent but not recorded', async () => {
    const paymentId = await put(aPaidRecord());
    const fault = injectFault(scene.table.client, { command: 'PutItemCommand', kind: 'never-sent', first: 1_000 });

    expect((await scene.send([paymentId])).get(paymentId)?.kind).toBe('later');

    const [sent] = await scene.drainQueue();
    expect((await scene.record(paymentId)).confirmations).toEqual([]);
    fault.remove();
    await scene.send([paymentId]);
    const { confirmations } = await scene.record(paymentId);
    expect(confirmations.map(({ event }) => event)).toEqual([sent]);
    // The queue knows the id for five minutes, the reader for ever.
    expect(await scene.drainQueue()).toEqual([]);
  });

  it.each(['throttle', 'conflict', 'committed-then-timeout', 'never-sent'] as const)(
    'ends the same when recording meets a fault: %s',
    async (kind) => {
      const paymentId = await put(withSignedReceipts(aPaidRecord()));
      const fault = injectFault(scene.table.client, { command: 'PutItemCommand', kind });

      await scene.send([paymentId]);
      await scene.send([paymentId]);

      expect(fault.struck()).toBe(1);
      expect((await scene.record(paymentId)).confirmations).toHaveLength(2);
      expect(await receivedTypes()).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
    },
  );
});

describe('a payment that cannot be read', () => {
  it('is a fault when it was changed by hand, and holds up no other', async () => {
    const ids = await putPaidPayments(scene.table, 2);
    await scene.table.client.send(
      new UpdateCommand({
        TableName: scene.table.name,
        Key: paymentKey(ids[0] ?? ''),
        UpdateExpression: 'SET amountVnd = :half',
        ExpressionAttributeValues: { ':half': 0.5 },
      }),
    );

    expect([...(await scene.send(ids)).values()].map(({ kind }) => kind)).toEqual(['fault', 'done']);
  });

  it('is a fault when its PAYMENT is gone, or it never was', async () => {
    const paymentId = await put(aPaidRecord());
    await scene.table.client.send(new DeleteCommand({ TableName: scene.table.name, Key: paymentKey(paymentId) }));
    const answers = await scene.send([paymentId, paymentIdFrom(7)]);
    expect([...answers.values()].map(({ kind }) => kind)).toEqual(['fault', 'fault']);
  });

  it('is left for later when the table does not answer', async () => {
    const paymentId = await put(aPaidRecord());
    const fault = injectFault(scene.table.client, { command: 'QueryCommand', kind: 'never-sent' });
    expect((await scene.send([paymentId])).get(paymentId)?.kind).toBe('later');
    expect(fault.struck()).toBe(1);
  });
});
