import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { Instant, PaymentId } from '#schemas/ids.ts';
import { paymentKey } from '#shared/adapters/payment-items.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import {
  type ChaseScene,
  expectFinished,
  makeChaseScene,
  sceneStart,
  sweepUntilDone,
} from '#test/support/chase-scene.ts';
import { type Fault, injectFault } from '#test/support/faults.ts';
import {
  anOpenRecord,
  createdAt,
  expiresAt,
  withConfirmationsSent,
  withReceipts,
} from '#test/support/owing-records.ts';
import { aPaidRecord, putPaidPayments } from '#test/support/paid-record.ts';
import { failEntries } from '#test/support/queue-faults.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const scenes: ChaseScene[] = [];
let scene: ChaseScene;

beforeEach(async () => {
  scene = await makeChaseScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

async function setWrongAmount(paymentId: PaymentId, amountVnd: number): Promise<void> {
  await scene.table.client.send(
    new UpdateCommand({
      TableName: scene.table.name,
      Key: paymentKey(paymentId),
      UpdateExpression: 'SET amountVnd = :amount',
      ExpressionAttributeValues: { ':amount': amountVnd },
    }),
  );
}

describe('a payment that cannot be finished', () => {
  it('is tried again after a while that grows, and holds up no other', async () => {
    const [stuck, fine] = await putPaidPayments(scene.table, 2);
    if (stuck === undefined || fine === undefined) throw new Error('no payments');
    const faulty = failEntries(scene.engine.sqs, () => 'busy');
    const waits: number[] = [];
    for (let now: Instant = sceneStart; waits.length < 8; ) {
      scene.setClock(now);
      await scene.sweep();
      const dueAt = await scene.dueAtOf(stuck);
      if (dueAt === undefined) throw new Error('it is not stuck');
      waits.push((Date.parse(dueAt) - Date.parse(now)) / minute);
      now = dueAt;
    }
    expect(waits.map(Math.round)).toEqual([1, 1, 2, 4, 8, 16, 32, 60]);
    expect(await scene.archivedKeys()).toHaveLength(4);
    faulty.stop();
    await sweepUntilDone(scene, instantAfter(sceneStart, day));
    await expectFinished(scene, 2);
  });

  it('is put off when it cannot even be read, and holds up no other', async () => {
    const [broken, fine] = await putPaidPayments(scene.table, 2);
    if (broken === undefined || fine === undefined) throw new Error('no payments');
    await setWrongAmount(broken, 0.5);

    expect(await scene.sweep()).toMatchObject({ due: 2, looked: 1, cleared: 1, failed: 1 });

    expect(await scene.dueAtOf(fine)).toBeUndefined();
    expect(scene.codes()).toContain('PAYMENT_EXCEPTION');
    expect((await scene.sweep()).due).toBe(0);
    scene.setClock(instantAfter(sceneStart, 10 * minute));
    await setWrongAmount(broken, 28_000);
    expect(await scene.sweep()).toMatchObject({ due: 1, cleared: 1 });
  });

  it('survives a process that breaks down', async () => {
    const [paymentId] = await putPaidPayments(scene.table, 1);
    if (paymentId === undefined) throw new Error('no payment');

    await scene.sweep({ issueReceipts: () => Promise.reject(new Error('a bug')) });

    expect(scene.logged).toContainEqual({ code: 'SWEEP_ITEM_FAILED', facts: { paymentId, why: 'Error: a bug' } });
    expect(await scene.dueAtOf(paymentId)).toBe(instantAfter(sceneStart, minute));
    expect((await scene.drainQueue()).map(({ type }) => type)).toEqual([eventTypes.paymentPaid]);
  });

  it('is an exception when its receipt waits for a person, looked at once a day', async () => {
    const fault = { at: createdAt, why: 'a glyph is missing' };
    const paymentId = await scene.put(withConfirmationsSent(withReceipts(aPaidRecord(), { fault })));
    expect(await scene.sweep({ issueReceipts: () => Promise.resolve(new Map()) })).toMatchObject({ exceptions: 1 });
    expect(await scene.dueAtOf(paymentId)).toBe(instantAfter(sceneStart, day));
  });
});

describe('a fault at any write of the sweep', () => {
  const writes: readonly (readonly [what: string, command: string, kinds: readonly Fault['kind'][]])[] = [
    ['numbering', 'TransactWriteItemsCommand', ['throttle', 'conflict', 'conflict-reason', 'committed-then-timeout']],
    ['recording as sent', 'PutItemCommand', ['throttle', 'conflict', 'committed-then-timeout', 'never-sent']],
    ['rescheduling', 'UpdateItemCommand', ['throttle', 'conflict', 'committed-then-timeout', 'never-sent']],
    ['sending', 'SendMessageBatchCommand', ['throttle', 'committed-then-timeout', 'never-sent']],
  ];
  const cases = writes.flatMap(([what, command, kinds]) => kinds.map((kind) => [what, kind, command] as const));

  it.each(cases)('ends in the same result: %s (%s)', async (what, kind, command) => {
    await putPaidPayments(scene.table, 3);
    const client = what === 'sending' ? scene.engine.sqs : scene.table.client;
    const isMeant =
      what === 'rescheduling' ? { matching: (input: object) => JSON.stringify(input).includes('REMOVE') } : {};
    const fault = injectFault(client, { command, kind, first: 2, ...isMeant });

    await sweepUntilDone(scene);

    expect(fault.struck()).toBeGreaterThan(0);
    await expectFinished(scene, 3);
  });

  it.each(['throttle', 'conflict', 'conflict-reason', 'committed-then-timeout', 'never-sent'] as const)(
    'ends in the same result: expiring (%s)',
    async (kind) => {
      const paymentId = await scene.put(anOpenRecord());
      injectFault(scene.table.client, { command: 'TransactWriteItemsCommand', kind });

      await sweepUntilDone(scene, expiresAt);

      expect((await scene.record(paymentId)).payment).toMatchObject({ state: 'expired', version: 2 });
      expect((await scene.drainQueue()).map(({ type }) => type)).toEqual([eventTypes.paymentExpired]);
    },
  );
});
