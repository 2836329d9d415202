import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { devSecrets } from '#test/support/function-environment.ts';
import { type GatewayHost, startGatewayHost, staySilent } from '#test/support/gateway-host.ts';
import { callHandler, setHandlerEnvironment } from '#test/support/http-calls.ts';
import { makePaymentScene, type PaymentScene } from '#test/support/payment-scene.ts';
import { paidFields } from '#test/support/vnpay-caller.ts';
import { vnpayCallback } from '#test/support/vnpay-messages.ts';

const [secret] = devSecrets.vnpay.ttpvhcc;

describe('a callback that nothing proves, while its gateway answers no question', () => {
  let scene: PaymentScene;
  let host: GatewayHost;
  beforeAll(async () => {
    scene = await makePaymentScene();
    host = await startGatewayHost();
    host.behave(staySilent);
    setHandlerEnvironment({ TABLE_NAME: scene.table.name, MERCHANT_SETTINGS_BASE_URL: host.url });
  });
  afterAll(() => host.stop());

  it('is refused within five seconds by the whole function', async () => {
    const { handler } = await import('#functions/accept-callback/handler.ts');
    const { gatewayRef } = await scene.openPayment();
    const query = vnpayCallback({ ...paidFields(gatewayRef), vnp_TmnCode: secret?.tmnCode }, 'a guess');
    const startedAt = performance.now();

    const answer = await callHandler(handler, {
      method: 'GET',
      routeKey: 'ANY /callbacks/{gateway}/{merchant}',
      pathParameters: { gateway: 'vnpay', merchant: 'ttpvhcc' },
      target: `/callbacks/vnpay/ttpvhcc?${query}`,
    });

    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(host.requests()).toBe(1);
    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('"RspCode":"97"') });
  });
});
