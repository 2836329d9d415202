import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { acceptCallback } from '#functions/accept-callback/accept-callback.ts';
import { makeDoubtCap } from '#functions/accept-callback/doubt-cap.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { callbackByQuery } from '#test/support/callback-requests.ts';
import { countRequests, injectFault } from '#test/support/faults.ts';
import { answerWith, type GatewayHost, startGatewayHost, staySilent } from '#test/support/gateway-host.ts';
import { makePaymentScene, type PaymentScene, workingMorning } from '#test/support/payment-scene.ts';
import { vnpayQueryAnswer, vnpayUnknownOrder } from '#test/support/query-answers.ts';
import { failedFields, makeVnpayCaller, paidFields, suspenseOf } from '#test/support/vnpay-caller.ts';
import { vnpayCallback } from '#test/support/vnpay-messages.ts';

const limits = { perSource: 5, perGateway: 20 };
const answerSchema = z.strictObject({ RspCode: z.string(), Message: z.string() });
/** What VNPAY hears for a signature that is wrong, whatever else we did. */
const refusal = { RspCode: '97', Message: expect.any(String) };

let scene: PaymentScene;
let host: GatewayHost;
beforeAll(async () => {
  scene = await makePaymentScene();
  host = await startGatewayHost();
  const client = makeGatewayClient({
    logNews: scene.accepting.logNews,
    limits: { questionMilliseconds: 200, circuit: { silences: 1_000, pauseMilliseconds: 1, milliseconds: () => 0 } },
  });
  scene.playGateways((request) => client.askOnce({ ...request, url: host.url }));
});
afterAll(() => host.stop());
beforeEach(() => {
  scene.setClock(workingMorning);
  scene.logged.length = 0;
  host.behave(answerWith(200, '{}'));
});

/** Sends callbacks that VNPAY did not sign, each under a cap of its own unless they share one. */
function makeForger(mayAsk = makeDoubtCap(limits)) {
  return async (gatewayRef: string, source = '198.51.100.1') => {
    const query = vnpayCallback(paidFields(gatewayRef), 'a guess');
    const connection = await scene.connections.connect('vnpay', 'ttpvhcc');
    if (connection === undefined) throw new Error('no connection');
    const route = { gateway: 'vnpay', merchant: 'ttpvhcc', connection };
    const request = { ...callbackByQuery(query), headers: { 'x-viewer-address': source } };
    const { body } = await acceptCallback(route, request, { ...scene.accepting, mayAsk });
    return answerSchema.parse(JSON.parse(body));
  };
}

const tellPaid = (gatewayRef: string) => host.behave(answerWith(200, vnpayQueryAnswer(gatewayRef).body));

describe('a callback without proof', () => {
  it('about an attempt that was really paid settles it by what the gateway says, and its sender is refused', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    tellPaid(gatewayRef);

    expect(await makeForger()(gatewayRef)).toEqual(refusal);

    const { payment } = await scene.record(paymentId);
    expect(payment.state).toBe('paid');
    expect(payment.settlement).toMatchObject({ transactionId: `8${gatewayRef}`, paidAt: '2026-11-23T02:01:00.000Z' });
    expect(payment.settlement?.evidence.raw).toBe(vnpayQueryAnswer(gatewayRef).body);
  });

  it('settles with the true callback that comes afterwards one payment of money', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    tellPaid(gatewayRef);
    await makeForger()(gatewayRef);

    expect(await makeVnpayCaller(scene)(paidFields(gatewayRef, { vnp_TransactionNo: `8${gatewayRef}` }))).toBe('02');

    expect((await scene.record(paymentId)).money).toEqual([]);
  });

  it.each<[string, (gatewayRef: string) => void]>([
    ['says that the payment is in process', (ref) => host.behave(answerWith(200, inProcess(ref)))],
    ['knows no such order', (ref) => host.behave(answerWith(200, vnpayUnknownOrder(ref).body))],
    ['answers with nonsense', () => host.behave(answerWith(502, '<html>'))],
    ['stays silent', () => host.behave(staySilent)],
  ])('moves nothing when the gateway %s, and its sender is refused', async (_what, behave) => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    behave(gatewayRef);

    expect(await makeForger()(gatewayRef)).toEqual(refusal);

    const { payment, money } = await scene.record(paymentId);
    expect(payment).toMatchObject({ state: 'open', attempts: { '01': { outcome: 'started' } } });
    expect(money).toEqual([]);
  });

  it('moves nothing when we cannot follow it, and its sender is refused', async () => {
    const { gatewayRef } = await scene.openPayment();
    tellPaid(gatewayRef);
    const fault = injectFault(scene.table.client, { command: 'GetItemCommand', kind: 'never-sent' });

    expect(await makeForger()(gatewayRef)).toEqual(refusal);

    expect(fault.struck()).toBe(1);
    expect(scene.logged).toEqual(expect.arrayContaining(['DOUBT_FAILED', 'CALLBACK_UNVERIFIED', 'CALLBACK_ANSWERED']));
    fault.remove();
  });

  it.each([
    ['no payment', () => Promise.resolve('1000000000000301')],
    ['a reference of no form of ours', () => Promise.resolve('HS-2026-000187')],
    ['another attempt', async () => `${(await scene.openPayment()).paymentId}07`],
    ['an attempt at another gateway', async () => (await scene.openPayment({}, 'dvcqg')).gatewayRef],
    [
      'an attempt that failed',
      async () => {
        const { gatewayRef } = await scene.openPayment();
        await makeVnpayCaller(scene)(failedFields(gatewayRef));
        return gatewayRef;
      },
    ],
    [
      'an attempt that was paid',
      async () => {
        const { gatewayRef } = await scene.openPayment();
        await makeVnpayCaller(scene)(paidFields(gatewayRef));
        return gatewayRef;
      },
    ],
  ])('about %s asks nobody and leaves no trace', async (_what, open) => {
    const gatewayRef = await open();
    const [questions, suspended] = [host.requests(), await suspenseOf(scene)];
    const requests = countRequests(scene.table.client);

    expect(await makeForger()(gatewayRef)).toEqual(refusal);

    expect(host.requests()).toBe(questions);
    expect(requests.of()).toBe(requests.of('GetItemCommand'));
    expect(await suspenseOf(scene)).toEqual(suspended);
  });
});

describe('a flood of callbacks without proof', () => {
  async function open(count: number): Promise<readonly string[]> {
    const opened = await Promise.all(Array.from({ length: count }, () => scene.openPayment()));
    return opened.map(({ gatewayRef }) => gatewayRef);
  }

  it('from one sender makes us ask and read so often as the cap allows, and write nothing', async () => {
    const refs = await open(12);
    const [questions, requests] = [host.requests(), countRequests(scene.table.client)];
    const forge = makeForger();

    const answers = await Promise.all(Array.from({ length: 300 }, (_, index) => forge(refs[index % 12] ?? '')));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(host.requests() - questions).toBe(limits.perSource);
    expect(requests.of('GetItemCommand')).toBe(limits.perSource);
    expect(requests.of()).toBe(limits.perSource);
  });

  it('does not keep us from following another sender', async () => {
    const refs = await open(8);
    const { paymentId, gatewayRef } = await scene.openPayment();
    const forge = makeForger();
    for (const ref of refs) await forge(ref);
    tellPaid(gatewayRef);

    await forge(gatewayRef);
    expect((await scene.record(paymentId)).payment.state).toBe('open');

    await forge(gatewayRef, '203.0.113.9');
    expect((await scene.record(paymentId)).payment.state).toBe('paid');
  });

  it('about one attempt makes us ask once in a minute', async () => {
    const [ref = ''] = await open(1);
    const questions = host.requests();
    const forge = makeForger();

    await Promise.all(Array.from({ length: 50 }, (_, index) => forge(ref, `203.0.113.${index}`)));
    expect(host.requests() - questions).toBe(1);

    scene.setClock(instantAfter(workingMorning, 60_000));
    await forge(ref);
    expect(host.requests() - questions).toBe(2);
  });

  it('keeps no true callback from settling', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const forge = makeForger();
    await Promise.all(Array.from({ length: 50 }, () => forge(gatewayRef)));

    expect(await makeVnpayCaller(scene)(paidFields(gatewayRef))).toBe('00');

    expect((await scene.record(paymentId)).payment.state).toBe('paid');
  });
});

function inProcess(gatewayRef: string): string {
  return vnpayQueryAnswer(gatewayRef, { vnp_TransactionStatus: '01' }).body;
}
