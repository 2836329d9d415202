import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { openAttempt } from '#functions/start-payment/open-attempt.ts';
import { type PaymentId, paymentIdSchema } from '#schemas/ids.ts';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { SendToGateway } from '#shared/gateways/gateway.ts';
import { injectFault } from '#test/support/faults.ts';
import {
  anAttemptRequest,
  aPaymentRequest,
  callingClient,
  daysAfter,
  makePaymentScene,
  type PaymentScene,
  workingMorning,
} from '#test/support/payment-scene.ts';

let scene: PaymentScene;
beforeAll(async () => {
  scene = await makePaymentScene();
});

async function aPayment(): Promise<PaymentId> {
  const result = await createPayment(aPaymentRequest(), callingClient, scene.paying);
  if (!('record' in result)) throw new Error(result.kind);
  return result.record.payment.paymentId;
}

const open = (paymentId: PaymentId, changes: Record<string, unknown> = {}, sendToGateway?: SendToGateway) =>
  openAttempt(paymentId, callingClient, anAttemptRequest(changes), {
    ...scene.paying,
    ...(sendToGateway === undefined ? {} : { sendToGateway }),
  });

describe('opening an attempt at VNPAY', () => {
  it('stores the attempt and returns a signed address for the browser', async () => {
    const paymentId = await aPayment();

    const result = await open(paymentId, { returnUrl: 'https://dvc.example.vn/ho-so' });

    expect(result).toMatchObject({ kind: 'opened', number: '01', attempt: { gatewayRef: `${paymentId}01` } });
    const { payment } = await scene.record(paymentId);
    const [attempt] = Object.values(payment.attempts);
    const url = new URL(attempt?.redirectUrl ?? '');
    expect(url.searchParams.get('vnp_TxnRef')).toBe(`${paymentId}01`);
    expect(url.searchParams.get('vnp_Amount')).toBe('2800000');
    expect(url.searchParams.get('vnp_ReturnUrl')).toBe('https://edge.example.vn/return/vnpay/ttpvhcc');
    expect(url.searchParams.get('vnp_SecureHash')).toMatch(/^[0-9a-f]{128}$/);
  });

  it('returns the open attempt rather than a second one, also to twenty at once', async () => {
    const paymentId = await aPayment();

    const results = await Promise.all(Array.from({ length: 20 }, () => open(paymentId)));

    expect(results.every((result) => 'number' in result && result.number === '01')).toBe(true);
    expect(Object.keys((await scene.record(paymentId)).payment.attempts)).toEqual(['01']);
  });

  it('opens another one when the gateway takes no more money for the first', async () => {
    const paymentId = await aPayment();
    await open(paymentId);
    scene.setClock('2026-11-23T02:31:00.000Z');

    expect(await open(paymentId)).toMatchObject({ kind: 'opened', number: '02' });
    scene.setClock(workingMorning);
  });
});

describe('opening an attempt at MoMo', () => {
  const answer =
    (facts: Record<string, unknown>): SendToGateway =>
    () =>
      Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(facts) });

  it('stores the attempt before the gateway is asked', async () => {
    const paymentId = await aPayment();
    let storedBefore: unknown;

    await open(paymentId, { gateway: 'momo' }, async (request) => {
      storedBefore = (await scene.record(paymentId)).payment.attempts;
      expect(JSON.parse(request.body)).toMatchObject({ orderId: `${paymentId}01`, amount: 28_000 });
      throw new GatewaySilent('too late');
    });

    expect(storedBefore).toMatchObject({ '01': { gatewayRef: `${paymentId}01`, outcome: 'started' } });
  });

  it('takes silence for unknown: the attempt stays open and the same request is sent again', async () => {
    const paymentId = await aPayment();
    const bodies: string[] = [];
    const silent: SendToGateway = (request) => {
      bodies.push(request.body);
      return Promise.reject(new GatewaySilent('no answer'));
    };

    expect(await open(paymentId, { gateway: 'momo' }, silent)).toMatchObject({ kind: 'gateway-silent' });
    expect(await open(paymentId, { gateway: 'momo' }, silent)).toMatchObject({ kind: 'gateway-silent' });

    expect(new Set(bodies).size).toBe(1);
    expect((await scene.record(paymentId)).payment.attempts).toMatchObject({ '01': { outcome: 'started' } });
  });

  it('records a refusal as the end of the attempt', async () => {
    const paymentId = await aPayment();

    const result = await open(
      paymentId,
      { gateway: 'momo' },
      answer({ resultCode: 22, message: 'amount out of range' }),
    );

    expect(result).toMatchObject({ kind: 'gateway-refused', resultCode: '22' });
    expect((await scene.record(paymentId)).payment.attempts).toMatchObject({ '01': { outcome: 'failed' } });
  });
});

describe('opening an attempt that nobody is asked for', () => {
  it('at SePay stores a transfer whose content names the attempt, and returns it again', async () => {
    const paymentId = await aPayment();

    const result = await open(paymentId, { gateway: 'sepay' });

    const transfer = { accountNumber: '1017588888', amountVnd: 28_000, content: `DVC${paymentId}01` };
    expect(result).toMatchObject({ kind: 'opened', attempt: { gatewayRef: `DVC${paymentId}01`, transfer } });
    expect((await scene.record(paymentId)).payment.attempts).toMatchObject({ '01': { transfer } });
    const again = await open(paymentId, { gateway: 'sepay' });
    expect(again).toEqual({ ...result, kind: 'returned' });
  });

  it('at the SePay gateway stores a form with its fields in their order, and returns it again', async () => {
    const paymentId = await aPayment();

    const result = await open(paymentId, { gateway: 'sepay-pg' });

    const attempt = 'attempt' in result ? result.attempt : undefined;
    expect(attempt?.form?.action).toBe('https://pay-sandbox.sepay.vn/v1/checkout/init');
    expect(attempt?.form?.fields.at(0)).toEqual({ name: 'operation', value: 'PURCHASE' });
    expect(attempt?.form?.fields.at(-1)?.name).toBe('signature');
    expect((await scene.record(paymentId)).payment.attempts).toEqual({ '01': attempt });
    expect(await open(paymentId, { gateway: 'sepay-pg' })).toEqual({ ...result, kind: 'returned' });
  });
});

describe('an attempt that cannot be opened', () => {
  it('is refused for a payment that does not exist or belongs to another client', async () => {
    const paymentId = await aPayment();

    expect(await open(paymentIdSchema.parse('10000000000003'))).toEqual({ kind: 'not-found' });
    expect(await openAttempt(paymentId, 'another-system', anAttemptRequest(), scene.paying)).toEqual({
      kind: 'not-found',
    });
  });

  it('is refused after the payment’s time, before the sweep has expired it', async () => {
    const paymentId = await aPayment();
    scene.setClock(daysAfter(workingMorning, 4));

    expect(await open(paymentId)).toEqual({ kind: 'not-open', state: 'past-expiry' });
    scene.setClock(workingMorning);
  });

  it.each(['zalopay', 'constructor'])('is refused at a gateway that has no account: %s', async (gateway) => {
    expect(await open(await aPayment(), { gateway })).toEqual({ kind: 'no-account' });
  });
});

describe('a write that goes wrong while an attempt is opened', () => {
  it.each(['throttle', 'conflict', 'never-sent', 'committed-then-timeout'] as const)(
    'leaves one attempt when the request is repeated: %s',
    async (kind) => {
      const paymentId = await aPayment();
      const fault = injectFault(scene.table.client, { command: 'UpdateItemCommand', kind });

      await open(paymentId).catch(() => undefined);
      fault.remove();

      expect(await open(paymentId)).toMatchObject({ number: '01' });
      expect(Object.keys((await scene.record(paymentId)).payment.attempts)).toEqual(['01']);
    },
  );
});
