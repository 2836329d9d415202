import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { attemptNumberSchema, type PaymentId } from '#schemas/ids.ts';
import { claimKey } from '#shared/adapters/payment-items.ts';
import { makePaymentLedger } from '#shared/adapters/payment-ledger.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import {
  type ChaseScene,
  expectFinished,
  makeChaseScene,
  sceneStart,
  sweepUntilDone,
} from '#test/support/chase-scene.ts';
import {
  anAttempt,
  anExpiredRecord,
  anOpenRecord,
  aWaivedRecord,
  createdAt,
  expiresAt,
  withAttempt,
  withConfirmationsSent,
  withSignedReceipts,
} from '#test/support/owing-records.ts';
import { aPaidRecord, putPaidPayments } from '#test/support/paid-record.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const scenes: ChaseScene[] = [];
let scene: ChaseScene;

beforeEach(async () => {
  scene = await makeChaseScene();
  scenes.push(scene);
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

describe('the sweep, without any stream', () => {
  it('finishes what was paid, in one go', async () => {
    await putPaidPayments(scene.table, 60);

    expect(await scene.sweep()).toEqual({
      due: 60,
      oldestSeconds: 1,
      looked: 60,
      expired: 0,
      cleared: 60,
      failed: 0,
      exceptions: 0,
    });

    await expectFinished(scene, 60);
    expect((await scene.sweep()).due).toBe(0);
  });

  it('finishes a payment that the ledger’s own writes brought about', async () => {
    const { payment, charges } = anOpenRecord();
    const { paymentId } = payment;
    const number = attemptNumberSchema.parse('01');
    const attempt = anAttempt({ gatewayRef: `${paymentId}01` });
    await makePaymentLedger(scene.table).create(payment, charges, 'digest');
    await makePaymentLedger(scene.table).addAttempt(payment, number, attempt);
    const { settlement } = aPaidRecord().payment;
    if (settlement === undefined) throw new Error('not paid');
    await makeSettlementLedger(scene.table).settle({ ...attempt, paymentId, attempt: number }, settlement);

    await scene.sweep();

    await expectFinished(scene, 1);
  });

  it('takes up a payment wherever it was left', async () => {
    const paid = () => scene.put(aPaidRecord());
    const [numbered, archived, told, finished] = [await paid(), await paid(), await paid(), await paid()];
    const store = () => Promise.reject(new Error('the archive is down'));
    await scene.issue([numbered], { archive: { ...scene.needs.archive, store } });
    await scene.issue([archived, finished]);
    await scene.send([told, finished]);
    await scene.drainQueue();
    const waived = await scene.put(aWaivedRecord());
    const expired = await scene.put(anExpiredRecord([{}], { dueAt: sceneStart }));

    await scene.sweep();

    for (const paymentId of [numbered, archived, told, finished, waived, expired]) {
      expect(await scene.dueAtOf(paymentId)).toBeUndefined();
    }
    const typesTold = Map.groupBy(await scene.drainQueue(), ({ data }) => data.paymentId);
    const typesOf = (paymentId: PaymentId) => typesTold.get(paymentId)?.map(({ type }) => type);
    expect(typesOf(numbered)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
    expect(typesOf(archived)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
    expect(typesOf(told)).toEqual([eventTypes.receiptIssued]);
    expect(typesOf(finished)).toBeUndefined();
    expect(typesOf(waived)).toEqual([eventTypes.nothingToPay]);
    expect(typesOf(expired)).toEqual([eventTypes.paymentExpired]);
  });

  it('gives the lower number to who paid first', async () => {
    const paidAtMinute = (minutes: number) =>
      scene.put(aPaidRecord([{}], { dueAt: instantAfter(createdAt, minutes * minute) }));
    const ids = [await paidAtMinute(3), await paidAtMinute(1), await paidAtMinute(2)];
    await scene.sweep();
    expect((await scene.register('26TAA')).map(({ paymentId }) => paymentId)).toEqual([ids[1], ids[2], ids[0]]);
  });

  it('does nothing twice, run beside itself and the stream’s consumers', async () => {
    const ids = await putPaidPayments(scene.table, 20);

    await Promise.all([scene.sweep(), scene.issue(ids), scene.send(ids), scene.sweep(), scene.send(ids)]);
    await sweepUntilDone(scene);

    await expectFinished(scene, 20);
  });

  it('stops taking payments when its time is short, and leaves them due', async () => {
    await putPaidPayments(scene.table, 60);
    const times = [60_000, 19_999];

    const sweep = await scene.sweep({ remainingMilliseconds: () => times.shift() ?? 0 });

    expect(sweep).toMatchObject({ due: 60, looked: 50, cleared: 50 });
    expect(await scene.sweep()).toMatchObject({ due: 10, cleared: 10 });
  });
});

describe('an open payment', () => {
  it('expires when its time is over, frees its debts and is told of', async () => {
    const record = anOpenRecord();
    const paymentId = await scene.put(record);
    scene.setClock(expiresAt);

    expect(await scene.sweep()).toMatchObject({ expired: 1, cleared: 1 });

    const { payment } = await scene.record(paymentId);
    expect(payment).toMatchObject({ state: 'expired', expiredAt: expiresAt });
    const [claim] = payment.claims;
    const Key = claimKey(claim?.dossierCode ?? '', claim?.debtId ?? '');
    expect((await scene.table.client.send(new GetCommand({ TableName: scene.table.name, Key }))).Item).toBeUndefined();
    expect((await scene.drainQueue()).map(({ type }) => type)).toEqual([eventTypes.paymentExpired]);
    expect(scene.codes()).toContain('PAYMENT_EXPIRED');
  });

  it.each([
    ['without an answer', 'started'],
    ['with money under review', 'review'],
  ])('does not expire while an attempt is %s', async (_, outcome) => {
    const paymentId = await scene.put(withAttempt(anOpenRecord(), '01', { outcome }));
    scene.setClock(instantAfter(expiresAt, 7 * day));

    expect(await scene.sweep()).toMatchObject({ expired: 0, cleared: 0, exceptions: 1 });

    expect((await scene.record(paymentId)).payment.state).toBe('open');
    expect(await scene.dueAtOf(paymentId)).toBe(instantAfter(expiresAt, 8 * day));
    expect(scene.logged).toContainEqual({
      code: 'PAYMENT_EXCEPTION',
      facts: { paymentId, kinds: 'attempt-answer', since: createdAt },
    });
  });

  it('is looked at again as its attempt grows older, and at its end', async () => {
    const record = withAttempt(anOpenRecord([{}], { dueAt: createdAt }), '01');
    const paymentId = await scene.put(record);
    const looks: (string | undefined)[] = [];
    for (let look: string | undefined = createdAt; looks.length < 4; looks.push(look)) {
      scene.setClock(look ?? 'never');
      await scene.sweep();
      look = await scene.dueAtOf(paymentId);
    }
    expect(looks).toEqual([5, 15, 30, 90].map((minutes) => instantAfter(createdAt, minutes * minute)));
  });
});

describe('a payment that changes while the sweep looks at it', () => {
  it('stays due, so that the next sweep sees what is new', async () => {
    const record = withConfirmationsSent(withSignedReceipts(aPaidRecord()));
    const paymentId = await scene.put(record);

    const sweep = await scene.sweep({
      ledger: {
        ...scene.due,
        reschedule: async (payment, dueAt) => {
          // A callback comes in between.
          await scene.put({ ...record, payment: { ...record.payment, version: payment.version + 1 } });
          return scene.due.reschedule(payment, dueAt);
        },
      },
    });

    expect(sweep).toMatchObject({ looked: 1, cleared: 0 });
    expect(await scene.dueAtOf(paymentId)).toBe(record.payment.dueAt);
  });
});
