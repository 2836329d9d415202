import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { type ChaseScene, makeChaseScene } from '#test/support/chase-scene.ts';
import { anOpenRecord, createdAt, expiresAt, withAttempt } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';
import { vnpayQueryAnswer, vnpayUnknownOrder } from '#test/support/query-answers.ts';

const minute = 60_000;
const afterCreation = (minutes: number) => instantAfter(createdAt, minutes * minute);
const scenes: ChaseScene[] = [];
let scene: ChaseScene;
let asked: string[];

beforeEach(async () => {
  scene = await makeChaseScene();
  scenes.push(scene);
  asked = [];
});
afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

/** Every gateway answers so, and what it was asked is noted. */
function answer(by: () => HttpAnswer): void {
  scene.playGateways((request) => {
    asked.push(request.body);
    return Promise.resolve(by());
  });
}

/** An open payment of 28 000 đồng with an attempt that was opened at its creation. */
async function putOpen(change: object = {}): Promise<{ readonly paymentId: PaymentId; readonly ref: string }> {
  const record = anOpenRecord([{}], { dueAt: createdAt });
  const { paymentId } = record.payment;
  const ref = `${paymentId}01`;
  await scene.put(withAttempt(record, '01', { gatewayRef: ref, requestId: ref, ...change }));
  return { paymentId, ref };
}

const stateOf = async (paymentId: PaymentId) => {
  const { payment, money } = await scene.record(paymentId);
  const attempts = Object.values(payment.attempts).map(({ outcome }) => outcome);
  return { state: payment.state, attempts, money: money.map(({ moneyClass }) => moneyClass) };
};

describe('a payment whose callback never came', () => {
  it('is settled by what the gateway answers, with receipt and confirmations, once', async () => {
    const { paymentId, ref } = await putOpen();
    const genuine = vnpayQueryAnswer(ref);
    answer(() => genuine);
    scene.setClock(afterCreation(5));

    await scene.sweep();
    await scene.sweep();

    const { payment, receipts } = await scene.record(paymentId);
    expect(payment).toMatchObject({
      state: 'paid',
      attempts: { '01': { outcome: 'succeeded' } },
      settlement: {
        transactionId: `8${ref}`,
        identity: `8${ref}`,
        paidAt: '2026-11-23T02:01:00.000Z',
        evidence: { sha256: createHash('sha256').update(genuine.body).digest('hex'), raw: genuine.body },
      },
    });
    expect(receipts).toHaveLength(1);
    expect((await scene.drainQueue()).map(({ type }) => type)).toEqual([
      eventTypes.paymentPaid,
      eventTypes.receiptIssued,
    ]);
    expect(asked).toHaveLength(1);
    expect(await scene.dueAtOf(paymentId)).toBeUndefined();
  });

  it('leaves the gateway five minutes to call by itself', async () => {
    const { ref } = await putOpen();
    answer(() => vnpayQueryAnswer(ref));
    scene.setClock(instantAfter(createdAt, 5 * minute - 1));

    await scene.sweep();

    expect(asked).toEqual([]);
  });

  it('keeps a long answer in the evidence bucket', async () => {
    const { paymentId, ref } = await putOpen();
    answer(() => vnpayQueryAnswer(ref, { vnp_Message: 'x'.repeat(9_000) }));
    scene.setClock(afterCreation(5));

    await scene.sweep();

    const { evidence } = (await scene.record(paymentId)).payment.settlement ?? {};
    expect(evidence).toEqual({ sha256: evidence?.sha256, archivedAs: `callbacks/${evidence?.sha256}` });
    expect(scene.kept.has(evidence?.sha256 ?? '')).toBe(true);
  });

  it('is asked about with another request id each time', async () => {
    const { ref } = await putOpen();
    answer(() => vnpayQueryAnswer(ref, { vnp_TransactionStatus: '01' }));
    for (const minutes of [5, 15]) {
      scene.setClock(afterCreation(minutes));
      await scene.sweep();
    }

    const ids = asked.map((body) => /"vnp_RequestId":"([^"]{1,32})"/.exec(body)?.[1]);
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(undefined);
  });
});

describe('an answer that is no answer', () => {
  it.each<[string, (ref: string) => HttpAnswer]>([
    ['a payment in process', (ref) => vnpayQueryAnswer(ref, { vnp_TransactionStatus: '01' })],
    [
      'a forged failure',
      (ref) => ({ ...vnpayQueryAnswer(ref), body: `{"vnp_ResponseCode":"91","vnp_TxnRef":"${ref}"}` }),
    ],
    ['a page of a proxy', () => ({ status: 502, headers: {}, body: '<html>' })],
    [
      'silence',
      () => {
        throw new GatewaySilent('nothing came');
      },
    ],
  ])('keeps the state after %s, and asks at 5, 15 and 30 minutes, then hourly', async (_what, by) => {
    const { paymentId, ref } = await putOpen();
    answer(() => by(ref));
    const looks: (string | undefined)[] = [];
    for (let look: string | undefined = createdAt; looks.length < 5; looks.push(look)) {
      scene.setClock(look ?? 'never');
      await scene.sweep();
      look = await scene.dueAtOf(paymentId);
    }

    expect(looks).toEqual([5, 15, 30, 90, 150].map(afterCreation));
    expect(asked).toHaveLength(4);
    expect(await stateOf(paymentId)).toEqual({ state: 'open', attempts: ['started'], money: [] });
  });

  it('lets nothing expire, and is an exception after three days', async () => {
    const { paymentId } = await putOpen();
    answer(() => ({ status: 500, headers: {}, body: '' }));
    scene.setClock(instantAfter(expiresAt, 3 * 24 * 60 * minute));

    expect(await scene.sweep()).toMatchObject({ expired: 0, exceptions: 1 });
    expect((await stateOf(paymentId)).state).toBe('open');
  });
});

describe('a definite no', () => {
  it('is a failure that the gateway tells: the payment stays open for another attempt', async () => {
    const { paymentId, ref } = await putOpen();
    answer(() => vnpayQueryAnswer(ref, { vnp_TransactionStatus: '02', vnp_TransactionNo: '0' }));
    scene.setClock(afterCreation(5));

    await scene.sweep();

    expect(await stateOf(paymentId)).toEqual({ state: 'open', attempts: ['failed'], money: [] });
    expect(await scene.dueAtOf(paymentId)).toBe(expiresAt);
  });

  it('is an order that is not known after its end, not before', async () => {
    const { paymentId, ref } = await putOpen();
    answer(() => vnpayUnknownOrder(ref));
    scene.setClock(instantAfter(afterCreation(15), -1));
    await scene.sweep();
    expect((await stateOf(paymentId)).attempts).toEqual(['started']);

    scene.setClock(afterCreation(15));
    await scene.sweep();

    const { attempts } = (await scene.record(paymentId)).payment;
    expect(Object.values(attempts)).toMatchObject([{ outcome: 'failed', resultCode: '91' }]);
  });

  it('lets the payment expire in the sweep that hears it', async () => {
    const { paymentId, ref } = await putOpen();
    answer(() => vnpayUnknownOrder(ref));
    scene.setClock(expiresAt);

    expect(await scene.sweep()).toMatchObject({ expired: 1, cleared: 1 });
    expect((await stateOf(paymentId)).state).toBe('expired');
  });

  it('yields to money all the same', async () => {
    const { paymentId, ref } = await putOpen();
    answer(() => vnpayQueryAnswer(ref));
    scene.setClock(expiresAt);

    expect(await scene.sweep()).toMatchObject({ expired: 0 });
    expect((await stateOf(paymentId)).state).toBe('paid');
  });
});

describe('a further attempt', () => {
  it('of a paid payment is asked about, and its money is kept once', async () => {
    const record = aPaidRecord();
    const { paymentId } = record.payment;
    const ref = `${paymentId}02`;
    await scene.put(withAttempt(record, '02', { gatewayRef: ref, requestId: ref }));
    answer(() => vnpayQueryAnswer(ref));
    scene.setClock('2026-11-23T02:20:00.000Z');

    await scene.sweep();
    await scene.sweep();

    expect(await stateOf(paymentId)).toMatchObject({ state: 'paid', money: ['surplus'] });
    expect(asked).toHaveLength(1);
    expect(await scene.dueAtOf(paymentId)).toBeUndefined();
  });

  it('of a cancelled payment is asked about', async () => {
    const record = anOpenRecord([{}], { state: 'cancelled', dueAt: createdAt });
    const { paymentId } = record.payment;
    const ref = `${paymentId}01`;
    await scene.put(withAttempt(record, '01', { gatewayRef: ref, requestId: ref }));
    answer(() => vnpayQueryAnswer(ref));
    scene.setClock(afterCreation(5));

    await scene.sweep();

    expect(await stateOf(paymentId)).toMatchObject({ state: 'cancelled', money: ['after-cancel'] });
  });

  it.each([
    ['whose account is gone', { merchant: 'gone' }],
    ['at a gateway that cannot be asked', { gateway: 'sepay' }],
  ])('%s holds up no receipt', async (_what, change) => {
    const record = aPaidRecord();
    await scene.put(withAttempt(record, '02', { gatewayRef: 'opaque', ...change }));
    scene.setClock('2026-11-23T02:20:00.000Z');

    await scene.sweep();

    expect((await scene.record(record.payment.paymentId)).receipts).toHaveLength(1);
    expect(asked).toEqual([]);
  });
});
