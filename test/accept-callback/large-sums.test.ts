import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AcceptCallbackNeeds, acceptCallback } from '#functions/accept-callback/accept-callback.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { type ChaseScene, makeChaseScene } from '#test/support/chase-scene.ts';
import { countRequests } from '#test/support/faults.ts';
import { answerWith, type GatewayHost, startGatewayHost, staySilent } from '#test/support/gateway-host.ts';
import { aCharge, makePaymentScene, type PaymentScene, workingMorning } from '#test/support/payment-scene.ts';
import { suspenseOf } from '#test/support/vnpay-caller.ts';
import { moneyOf, weakGateways } from '#test/support/weak-gateways.ts';

/** A large sum, and the largest that a callback alone may settle. */
const largeVnd = 2_800_000;
const limitVnd = 2_000_000;

let chase: ChaseScene;
let scene: PaymentScene;
let host: GatewayHost;
beforeAll(async () => {
  chase = await makeChaseScene();
  scene = await makePaymentScene(chase.table);
  host = await startGatewayHost();
  const client = makeGatewayClient({
    logNews: scene.accepting.logNews,
    limits: { questionMilliseconds: 200, circuit: { silences: 1_000, pauseMilliseconds: 1, milliseconds: () => 0 } },
  });
  const send = (request: Parameters<typeof client.askOnce>[0]) => client.askOnce({ ...request, url: host.url });
  scene.playGateways(send);
  chase.playGateways(send);
});
afterAll(async () => {
  await host.stop();
  await chase.engine.stop();
});
beforeEach(() => {
  scene.logged.length = 0;
});

const says = (body: string) => host.behave(answerWith(200, body));

/** A payment of so many land fees of 28 000 đồng. */
function openPayment(gateway: string, amountVnd = largeVnd) {
  const quantity = amountVnd / 28_000;
  const feeLines = [{ unitCode: 'vpdkdd', feeCode: 'QN-006', quantity, amountVnd }];
  return scene.openPayment({ charges: [aCharge({ feeLines })] }, gateway);
}

async function tell(gateway: string, request: CallbackRequest, change: Partial<AcceptCallbackNeeds> = {}) {
  const connection = await scene.connections.connect(gateway, 'ttpvhcc');
  if (connection === undefined) throw new Error('no connection');
  const route = { gateway, merchant: 'ttpvhcc', connection };
  return acceptCallback(route, request, { ...scene.accepting, ...change });
}

const stateOf = async (paymentId: PaymentId) => {
  const { payment, money } = await scene.record(paymentId);
  const [attempt] = Object.values(payment.attempts);
  return { state: payment.state, outcome: attempt?.outcome, money: money.map(({ moneyClass }) => moneyClass) };
};
const untouched = { state: 'open', outcome: 'started', money: [] };
const paid = { state: 'paid', outcome: 'succeeded', money: [] };

describe.each(weakGateways)('a large sum that $name calls about', ({ name, callback, answer, callsAgain }) => {
  it('settles by what the gateway says when it is asked, in one read and one write', async () => {
    const { paymentId, gatewayRef } = await openPayment(name);
    says(answer(gatewayRef, 'paid', largeVnd));
    const requests = countRequests(scene.table.client);

    expect(callsAgain(await tell(name, callback(gatewayRef, largeVnd)))).toBe(false);

    expect(requests.sent.map(({ command }) => command)).toEqual(['GetItemCommand', 'UpdateItemCommand']);
    expect(await stateOf(paymentId)).toEqual(paid);
    const { settlement } = (await scene.record(paymentId)).payment;
    expect(settlement).toMatchObject({
      identity: moneyOf(gatewayRef),
      paidAt: '2026-11-23T02:15:25.000Z',
      evidence: { raw: answer(gatewayRef, 'paid', largeVnd) },
    });
  });

  it('is asked about once: told again, it is known', async () => {
    const { paymentId, gatewayRef } = await openPayment(name);
    says(answer(gatewayRef, 'paid', largeVnd));
    await tell(name, callback(gatewayRef, largeVnd));
    const questions = host.requests();

    expect(callsAgain(await tell(name, callback(gatewayRef, largeVnd)))).toBe(false);

    expect(host.requests()).toBe(questions);
    expect(await stateOf(paymentId)).toEqual(paid);
  });

  it.each<[string, (gatewayRef: string) => void]>([
    ['stays silent', () => host.behave(staySilent)],
    ['answers with nonsense', () => host.behave(answerWith(502, '<html>'))],
    ['says that it is in process', (gatewayRef) => says(answer(gatewayRef, 'pending', largeVnd))],
    ['speaks of another order', () => says(answer('1000000000000301', 'paid', largeVnd))],
  ])(
    'moves no money while the gateway %s; it is told to call again, and the sweep settles once',
    async (_what, behave) => {
      const { paymentId, gatewayRef } = await openPayment(name);
      behave(gatewayRef);

      expect(callsAgain(await tell(name, callback(gatewayRef, largeVnd)))).toBe(true);

      expect(await stateOf(paymentId)).toEqual(untouched);
      expect(scene.logged).toContain('CALLBACK_UNCONFIRMED');
      says(answer(gatewayRef, 'paid', largeVnd));
      chase.setClock(instantAfter(workingMorning, 6 * 60_000));
      await chase.sweep();
      await tell(name, callback(gatewayRef, largeVnd));
      expect(await stateOf(paymentId)).toEqual(paid);
      expect((await scene.record(paymentId)).receipts).toHaveLength(1);
    },
  );

  it('counts as failed when the gateway says so', async () => {
    const { paymentId, gatewayRef } = await openPayment(name);
    says(answer(gatewayRef, 'failed', largeVnd));

    await tell(name, callback(gatewayRef, largeVnd));

    expect(await stateOf(paymentId)).toEqual({ ...untouched, outcome: 'failed' });
    expect(scene.logged).toContain('CALLBACK_CONTRADICTED');
  });

  it('counts as the other money that the gateway tells of', async () => {
    const { paymentId, gatewayRef } = await openPayment(name);
    says(answer(gatewayRef, 'paid', largeVnd, 'OTHER-1'));

    await tell(name, callback(gatewayRef, largeVnd));

    expect(await stateOf(paymentId)).toEqual(paid);
    expect((await scene.record(paymentId)).payment.settlement?.identity).toBe('OTHER-1');
    expect(scene.logged).toContain('CALLBACK_CONTRADICTED');
  });

  it('of another amount is kept as that when the gateway confirms it', async () => {
    const { paymentId, gatewayRef } = await openPayment(name);
    says(answer(gatewayRef, 'paid', largeVnd + 1_000));

    await tell(name, callback(gatewayRef, largeVnd + 1_000));

    expect(await stateOf(paymentId)).toEqual({ ...untouched, money: ['wrong-amount'] });
  });

  it('goes to suspense, unasked, when it names no attempt of ours', async () => {
    const { paymentId } = await openPayment(name);
    const questions = host.requests();

    for (const gatewayRef of ['1000000000000301', `${paymentId}07`]) {
      await tell(name, callback(gatewayRef, largeVnd));
      expect(await suspenseOf(scene, name)).toContainEqual(
        expect.objectContaining({ sk: moneyOf(gatewayRef), suspenseClass: 'unknown-order', amountVnd: largeVnd }),
      );
    }
    expect(host.requests()).toBe(questions);
    expect(await stateOf(paymentId)).toEqual(untouched);
  });

  it('is held in review where the gateway cannot be asked', async () => {
    const { paymentId, gatewayRef } = await openPayment(name);
    const connection = await scene.connections.connect(name, 'ttpvhcc');
    if (connection === undefined) throw new Error('no connection');
    const { askAttempt: _unasked, ...mute } = connection;
    const route = { gateway: name, merchant: 'ttpvhcc', connection: mute };

    const answered = await acceptCallback(route, callback(gatewayRef, largeVnd), scene.accepting);

    expect(callsAgain(answered)).toBe(false);
    expect(await stateOf(paymentId)).toEqual({ ...untouched, outcome: 'review' });
    const [attempt] = Object.values((await scene.record(paymentId)).payment.attempts);
    expect(attempt?.held).toMatchObject({ identity: moneyOf(gatewayRef), amountVnd: largeVnd });
  });
});

describe('a large sum whose callback has no number of the money', () => {
  it('is not acknowledged while the gateway says that it is in process', async () => {
    const [portal] = weakGateways;
    if (portal === undefined) throw new Error('no portal');
    const { paymentId, gatewayRef } = await openPayment(portal.name);
    says(portal.answer(gatewayRef, 'pending', largeVnd));

    const answered = await tell(portal.name, portal.callback(gatewayRef, largeVnd, ''));

    expect(portal.callsAgain(answered)).toBe(true);
    expect(await stateOf(paymentId)).toEqual(untouched);
  });
});

describe.each(weakGateways)('a sum up to the limit that $name calls about', ({ name, callback, callsAgain }) => {
  it.each([28_000, limitVnd - (limitVnd % 28_000)])('settles %d đồng in one request, unasked', async (amountVnd) => {
    const { paymentId, gatewayRef } = await openPayment(name, amountVnd);
    const questions = host.requests();
    const requests = countRequests(scene.table.client);

    expect(callsAgain(await tell(name, callback(gatewayRef, amountVnd)))).toBe(false);

    expect(requests.sent.map(({ command }) => command)).toEqual(['UpdateItemCommand']);
    expect(host.requests()).toBe(questions);
    expect(await stateOf(paymentId)).toEqual(paid);
  });
});
