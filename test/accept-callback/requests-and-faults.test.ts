import { beforeAll, describe, expect, it } from '@jest/globals';
import { countRequests, injectFault } from '#test/support/faults.ts';
import { makePaymentScene, type PaymentScene } from '#test/support/payment-scene.ts';
import { failedFields, makeVnpayCaller, paidFields } from '#test/support/vnpay-caller.ts';

let scene: PaymentScene;
let callBack: ReturnType<typeof makeVnpayCaller>;

beforeAll(async () => {
  scene = await makePaymentScene();
  callBack = makeVnpayCaller(scene);
});

describe('the number of requests to DynamoDB', () => {
  async function requestsFor(fields: Record<string, string | undefined>) {
    const requests = countRequests(scene.table.client);
    await callBack(fields);
    return requests.of();
  }

  it('is 1 for the callback that wins, and 1 for each repetition', async () => {
    const { gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef);

    expect([await requestsFor(fields), await requestsFor(fields)]).toEqual([1, 1]);
  });

  it('is 1 for a failed payment, and 1 for its repetition', async () => {
    const { gatewayRef } = await scene.openPayment();

    expect([await requestsFor(failedFields(gatewayRef)), await requestsFor(failedFields(gatewayRef))]).toEqual([1, 1]);
  });

  it('is 2 for other money', async () => {
    const { gatewayRef } = await scene.openPayment();

    expect(await requestsFor(paidFields(gatewayRef, { vnp_Amount: '2700000' }))).toBe(2);
  });

  it('is 2 for money that goes to suspense', async () => {
    expect(await requestsFor(paidFields('1000000000000301'))).toBe(2);
  });
});

describe('a write that goes wrong', () => {
  it('makes the gateway call again, and the repetition settles', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef);
    const fault = injectFault(scene.table.client, { command: 'UpdateItemCommand', kind: 'never-sent' });

    expect(await callBack(fields)).toBe('99');
    expect(await callBack(fields)).toBe('00');

    expect(fault.struck()).toBe(1);
    expect((await scene.record(paymentId)).payment.state).toBe('paid');
    fault.remove();
  });

  it('that was done although its answer was lost ends in one settlement', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef);
    const fault = injectFault(scene.table.client, { command: 'UpdateItemCommand', kind: 'committed-then-timeout' });

    expect(await callBack(fields)).toBe('99');
    expect(await callBack(fields)).toBe('02');

    expect(fault.struck()).toBe(1);
    const { payment, money } = await scene.record(paymentId);
    expect(payment.settlement?.transactionId).toBe(fields.vnp_TransactionNo);
    expect(money).toEqual([]);
    fault.remove();
  });

  it.each(['throttle', 'conflict'] as const)(
    'for a passing reason (%s) is tried again within the same call',
    async (kind) => {
      const { gatewayRef } = await scene.openPayment();
      const fault = injectFault(scene.table.client, { command: 'UpdateItemCommand', kind, first: 3 });

      expect(await callBack(paidFields(gatewayRef))).toBe('00');

      expect(fault.struck()).toBe(3);
      fault.remove();
    },
  );

  it('that keeps other money is never answered with a final word before it returned', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef, { vnp_Amount: '2700000' });
    const fault = injectFault(scene.table.client, { command: 'PutItemCommand', kind: 'never-sent' });

    expect([await callBack(fields), await callBack(fields)]).toEqual(['99', '04']);

    expect((await scene.record(paymentId)).money).toHaveLength(1);
    fault.remove();
  });
});
