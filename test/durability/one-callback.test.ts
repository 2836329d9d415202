import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChaseScene, expectFinished, makeChaseScene, sweepUntilDone } from '#test/support/chase-scene.ts';
import { devSecrets } from '#test/support/function-environment.ts';
import { httpEventOf, lambdaContext, setHandlerEnvironment } from '#test/support/http-calls.ts';
import { startIssuing } from '#test/support/issuing-process.ts';
import { makePaymentScene } from '#test/support/payment-scene.ts';
import { makeRealSigning } from '#test/support/real-signing.ts';
import { makeVnpayCaller, paidFields } from '#test/support/vnpay-caller.ts';
import { vnpayCallback } from '#test/support/vnpay-messages.ts';

const copies = 1_000;

function times<Result>(count: number, work: () => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, work));
}

/** How often each answer was given. */
function tally(answers: readonly string[]): Record<string, number> {
  const groups = Object.entries(Object.groupBy(answers, (answer) => answer));
  return Object.fromEntries(groups.map(([answer, same = []]) => [answer, same.length]));
}

describe(`${copies} copies of one callback at once`, () => {
  it('make one settlement through the whole function, and one answer of 00', async () => {
    const payments = await makePaymentScene();
    setHandlerEnvironment({ TABLE_NAME: payments.table.name });
    const { handler } = await import('#functions/accept-callback/handler.ts');
    const { paymentId, gatewayRef } = await payments.openPayment();
    const [secret] = devSecrets.vnpay.ttpvhcc;
    const query = vnpayCallback({ ...paidFields(gatewayRef), vnp_TmnCode: secret?.tmnCode }, secret?.hashSecret);
    const event = httpEventOf({
      method: 'GET',
      routeKey: 'ANY /callbacks/{gateway}/{merchant}',
      pathParameters: { gateway: 'vnpay', merchant: 'ttpvhcc' },
      target: `/callbacks/vnpay/ttpvhcc?${query}`,
    });
    // Time for a thousand, since one process stands for all the containers.
    const context = { ...lambdaContext, getRemainingTimeInMillis: () => 60_000 };

    const answers = await times(copies, () => handler(event, context));

    const codes = answers.map(({ body = '' }) => /"RspCode":"(\d\d)"/.exec(body)?.[1] ?? body);
    expect(tally(codes)).toEqual({ '00': 1, '02': copies - 1 });
    const { payment, money } = await payments.record(paymentId);
    expect(payment).toMatchObject({ state: 'paid', version: 3 });
    expect(money).toEqual([]);
  }, 120_000);

  describe('with processes, sweeps and consumers that all want to finish the payment', () => {
    let scene: ChaseScene;
    beforeAll(async () => {
      scene = await makeChaseScene();
    }, 120_000);
    afterAll(() => scene.engine.stop());

    it('make one settlement, one receipt and one set of confirmations', async () => {
      const payments = await makePaymentScene(scene.table);
      const callBack = makeVnpayCaller(payments);
      const { paymentId, gatewayRef } = await payments.openPayment();
      const fields = paidFields(gatewayRef);
      const ids = [paymentId];
      const signing = makeRealSigning(scene.needs.clock);
      const issue = () => scene.issue(ids, signing);
      const sweep = () => scene.sweep({ issueReceipts: issue });

      expect(tally(await times(copies, () => callBack(fields)))).toEqual({ '00': 1, '02': copies - 1 });
      const processes = Array.from({ length: 3 }, () => startIssuing(scene, ids));
      const ends = processes.map((child) => once(child, 'exit'));
      await Promise.race(processes.map(({ stdout }) => once(stdout, 'data')));
      await Promise.all([times(4, sweep), times(4, issue), times(4, () => scene.send(ids)), ...ends]);

      expect(await Promise.all(ends)).toEqual(processes.map(() => [0, null]));
      await sweepUntilDone({ ...scene, sweep });
      await expectFinished(scene, 1);
    }, 120_000);
  });
});
