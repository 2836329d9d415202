import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ChaseScene,
  expectFinished,
  makeChaseScene,
  sceneStart,
  sweepUntilDone,
} from '#test/support/chase-scene.ts';
import { makeDeskScene } from '#test/support/desk-scene.ts';
import { failedFields } from '#test/support/vnpay-caller.ts';

let scene: ChaseScene;

beforeAll(async () => {
  scene = await makeChaseScene();
});
afterAll(() => scene.engine.stop());

describe('a payment that two persons settled by money in suspense', () => {
  it('gets its receipt and its confirmations from the sweep, as any other, and is let go', async () => {
    const desk = await makeDeskScene(scene.table);
    const { paymentId, gatewayRef } = await desk.openPayment();
    await desk.callBack(failedFields(gatewayRef));
    const money = await desk.suspend();
    await desk.propose(money, paymentId);
    await desk.approve(money);

    await sweepUntilDone(scene, sceneStart);

    await expectFinished(scene, 1);
    const { payment, receipts } = await scene.record(paymentId);
    expect(payment.settlement?.identity).toBe(money.identity);
    expect(receipts).toHaveLength(1);
    // The money that another payment still has open is none of the sweep's business.
    await desk.suspend();
    expect(await scene.sweep()).toMatchObject({ due: 0 });
    expect(await desk.list()).toHaveLength(1);
  });
});
