import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { acceptCallback } from '#functions/accept-callback/accept-callback.ts';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { openAttempt } from '#functions/start-payment/open-attempt.ts';
import { attemptViewSchema } from '#schemas/payment-view.ts';
import { sepay } from '#shared/gateways/sepay/gateway.ts';
import { sepaySecretSchema } from '#shared/gateways/sepay/settings.ts';
import { showAttempt } from '#shared/processes/show-payment.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';
import {
  anAttemptRequest,
  aPaymentRequest,
  callingClient,
  daysAfter,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from '#test/support/payment-scene.ts';
import { sepayMovement, sepayWebhook } from '#test/support/sepay-messages.ts';
import { suspenseOf } from '#test/support/vnpay-caller.ts';

const secret = sepaySecretSchema.parse(readTestAccount(sepay).secret);
let ids = 92_800_000;

let scene: PaymentScene;
beforeAll(async () => {
  scene = await makePaymentScene();
});
beforeEach(() => {
  scene.setClock(workingMorning);
});

/** A payment whose citizen was shown a bank transfer; what the transfer must say. */
async function awaitTransfer() {
  const created = await createPayment(aPaymentRequest(), callingClient, scene.paying);
  if (!('record' in created)) throw new Error(created.kind);
  const { paymentId } = created.record.payment;
  const opened = await openAttempt(paymentId, callingClient, anAttemptRequest({ gateway: 'sepay' }), scene.paying);
  if (!('attempt' in opened)) throw new Error(opened.kind);
  const { transfer } = attemptViewSchema.parse(showAttempt(opened.number, opened.attempt));
  return { paymentId, content: transfer?.content ?? '', amountVnd: transfer?.amountVnd ?? 0 };
}

/** A movement on our account as SePay tells it, at the scene's time. */
const movement = (changes: Readonly<Record<string, unknown>>) =>
  JSON.stringify(sepayMovement({ id: (ids += 1), code: null, transactionDate: '2026-11-23 09:10:00', ...changes }));

async function tell(body: string) {
  const connection = await scene.connections.connect('sepay', 'ttpvhcc');
  if (connection === undefined) throw new Error('no connection');
  const route = { gateway: 'sepay', merchant: 'ttpvhcc', connection };
  return acceptCallback(route, sepayWebhook(body, secret, scene.accepting.clock()), scene.accepting);
}

describe('a bank transfer', () => {
  it('settles the payment that its content names, whatever the bank wrote around it', async () => {
    const { paymentId, content, amountVnd } = await awaitTransfer();
    const body = movement({ content: `MBVCB.77.${content.toLowerCase()}.CT tu 0011`, transferAmount: amountVnd });

    expect(await tell(body)).toMatchObject({ status: 200, body: '{"success":true}' });

    const { payment } = await scene.record(paymentId);
    expect(payment.state).toBe('paid');
    expect(payment.settlement).toMatchObject({
      gateway: 'sepay',
      gatewayRef: content,
      transactionId: String(ids),
      businessDate: '2026-11-23',
    });
  });

  it('settles once, however often SePay tells of it', async () => {
    const { paymentId, content, amountVnd } = await awaitTransfer();
    const body = movement({ content, transferAmount: amountVnd });
    await tell(body);

    expect(await tell(body)).toMatchObject({ status: 200, body: '{"success":true}' });

    expect((await scene.record(paymentId)).money).toEqual([]);
  });

  it('settles days after the code was shown', async () => {
    const { paymentId, content, amountVnd } = await awaitTransfer();
    scene.setClock(daysAfter(workingMorning, 2));

    await tell(movement({ content, transferAmount: amountVnd }));

    expect((await scene.record(paymentId)).payment.state).toBe('paid');
  });

  it('of another amount is kept beside the payment, which stays open', async () => {
    const { paymentId, content, amountVnd } = await awaitTransfer();

    await tell(movement({ content, transferAmount: amountVnd - 1_000 }));

    const { payment, money } = await scene.record(paymentId);
    expect(payment.state).toBe('open');
    expect(money).toMatchObject([{ moneyClass: 'wrong-amount', amountVnd: amountVnd - 1_000 }]);
  });

  it('without a code goes to suspense, and is acknowledged', async () => {
    const body = movement({ content: 'chuyen tien' });

    expect(await tell(body)).toMatchObject({ status: 200 });

    expect(await suspenseOf(scene, 'sepay')).toContainEqual(
      expect.objectContaining({ sk: String(ids), suspenseClass: 'unknown-order', gatewayRef: null, amountVnd: 75_000 }),
    );
  });

  it('away from the account leaves no trace', async () => {
    const { paymentId, content, amountVnd } = await awaitTransfer();
    const before = await scene.record(paymentId);

    expect(await tell(movement({ content, transferAmount: amountVnd, transferType: 'out' }))).toMatchObject({
      status: 200,
    });

    expect(await scene.record(paymentId)).toEqual(before);
    expect(await suspenseOf(scene, 'sepay')).not.toContainEqual(expect.objectContaining({ sk: String(ids) }));
  });
});
