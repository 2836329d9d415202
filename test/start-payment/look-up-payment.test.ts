import { beforeEach, describe, expect, it } from '@jest/globals';
import { lookUpPayment } from '#functions/start-payment/look-up-payment.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { askGateways } from '#shared/processes/ask-gateway.ts';
import { callingClient, makePaymentScene, type PaymentScene, workingMorning } from '#test/support/payment-scene.ts';
import { vnpayQueryAnswer } from '#test/support/query-answers.ts';

let scene: PaymentScene;
let questions: number;
beforeEach(async () => {
  scene = await makePaymentScene();
  questions = 0;
});

/** Looks so long after the morning; VNPAY says that the attempt is in the given state. */
async function look(paymentId: PaymentId, gatewayRef: string, milliseconds: number, status = '01') {
  const { connections, accepting } = scene;
  const clock = () => instantAfter(workingMorning, milliseconds);
  const record = await lookUpPayment(paymentId, callingClient, {
    ledger: scene.paying.ledger,
    clock,
    askGateways: (payment, attempts) =>
      askGateways(payment, attempts, {
        ...accepting,
        connections,
        clock,
        askGateway: () => {
          questions += 1;
          return Promise.resolve(vnpayQueryAnswer(gatewayRef, { vnp_TransactionStatus: status }));
        },
        evidence: { keep: (sha256) => Promise.resolve(sha256) },
      }),
  });
  return record?.payment.state;
}

describe('looking at an open payment', () => {
  it('asks the gateway, and shows what it said', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();

    expect(await look(paymentId, gatewayRef, 10_000, '00')).toBe('paid');
  });

  it('asks once in 30 seconds, however many look at once', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();

    await Promise.all(Array.from({ length: 20 }, () => look(paymentId, gatewayRef, 10_000)));
    await look(paymentId, gatewayRef, 39_999);
    expect(questions).toBe(1);

    await look(paymentId, gatewayRef, 40_000);
    expect(questions).toBe(2);
  });

  it('asks nothing about what has come to an end, nor for others', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    await look(paymentId, gatewayRef, 10_000, '00');
    questions = 0;

    expect(await look(paymentId, gatewayRef, 100_000)).toBe('paid');
    expect(questions).toBe(0);
    const others = { ...scene.paying, askGateways: () => Promise.reject(new Error('asked')) };
    expect(await lookUpPayment(paymentId, 'somebody-else', others)).toBeUndefined();
  });
});
