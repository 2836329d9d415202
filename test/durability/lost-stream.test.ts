import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import type { Instant, PaymentId } from '#schemas/ids.ts';
import { inParallel } from '#shared/processes/in-parallel.ts';
import { type ChaseScene, expectFinished, makeChaseScene, sweepUntilDone } from '#test/support/chase-scene.ts';
import { documentKeysOf } from '#test/support/issuing-scene.ts';
import {
  aCharge,
  aPaymentRequest,
  callingClient,
  daysAfter,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from '#test/support/payment-scene.ts';
import { failedFields, makeVnpayCaller, paidFields } from '#test/support/vnpay-caller.ts';

const count = 110;
/** The stream has long forgotten what happened in the morning. */
const threeDaysLater = daysAfter(workingMorning, 3);

describe('payments whose changes no consumer of the stream ever saw', () => {
  const scenes: ChaseScene[] = [];
  let scene: ChaseScene;
  let payments: PaymentScene;
  let callBack: ReturnType<typeof makeVnpayCaller>;
  beforeEach(async () => {
    scene = await makeChaseScene();
    scenes.push(scene);
    payments = await makePaymentScene(scene.table);
    callBack = makeVnpayCaller(payments);
  });
  afterAll(() => Promise.all(scenes.map(({ engine }) => engine.stop())));

  it('are all finished by sweeps that are short of time and overlap, days later', async () => {
    await inParallel(Array.from({ length: count }), 20, async () => {
      const { gatewayRef } = await payments.openPayment();
      expect(await callBack(paidFields(gatewayRef))).toBe('00');
    });
    scene.setClock(threeDaysLater);
    /** Time for one part of its work. */
    const sweepBriefly = () => {
      const times = [60_000, 0];
      return scene.sweep({ remainingMilliseconds: () => times.shift() ?? 0 });
    };

    await Promise.all([sweepBriefly(), sweepBriefly()]);
    await Promise.all([sweepBriefly(), sweepBriefly()]);
    await sweepUntilDone(scene, threeDaysLater);

    await expectFinished(scene, count);
  }, 120_000);

  it('are told of and receipted whichever way they went', async () => {
    const [inADay, inThreeDays] = [daysAfter(workingMorning, 1), daysAfter(workingMorning, 3)];
    const basket = await payments.openPayment({ charges: Array.from({ length: 45 }, () => aCharge()) });
    await callBack(paidFields(basket.gatewayRef, { vnp_Amount: String(basket.amountVnd * 100) }));
    const [failed, late] = [await failAttempt(inADay), await failAttempt(inADay)];
    const forgotten = await createPayment(aPaymentRequest({ expiresAt: inThreeDays }), callingClient, payments.paying);
    if (!('record' in forgotten)) throw new Error(forgotten.kind);

    scene.setClock(inADay);
    await scene.sweep();
    payments.setClock(inADay);
    expect(await callBack(paidFields(late.gatewayRef))).toBe('00');
    await sweepUntilDone(scene, inThreeDays);

    const told = Map.groupBy(await scene.drainQueue(), ({ data }) => data.paymentId);
    const tallyOf = (paymentId: PaymentId) => {
      const byType = Map.groupBy(told.get(paymentId) ?? [], ({ type }) => type);
      return Object.fromEntries([...byType].map(([type, events]) => [type, events.length]));
    };
    const { paymentPaid, paymentExpired, receiptIssued } = eventTypes;
    expect(tallyOf(basket.paymentId)).toEqual({ [paymentPaid]: 45, [receiptIssued]: 45 });
    expect(tallyOf(failed.paymentId)).toEqual({ [paymentExpired]: 1 });
    expect(tallyOf(late.paymentId)).toEqual({ [paymentExpired]: 1, [paymentPaid]: 1, [receiptIssued]: 1 });
    expect(tallyOf(forgotten.record.payment.paymentId)).toEqual({ [paymentExpired]: 1 });
    const register = await scene.register('26TAA');
    expect(register.map(({ content }) => content.number)).toEqual(Array.from({ length: 46 }, (_, index) => index + 1));
    expect(await scene.archivedKeys()).toEqual(documentKeysOf(register));
  }, 120_000);

  async function failAttempt(expiresAt: Instant) {
    const opened = await payments.openPayment({ expiresAt });
    await callBack(failedFields(opened.gatewayRef));
    return opened;
  }
});
