import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CountingProxy, startCountingProxy } from '#test/support/counting-proxy.ts';
import { devSecrets } from '#test/support/function-environment.ts';
import { callHandler, setHandlerEnvironment } from '#test/support/http-calls.ts';
import { makePaymentScene, type PaymentScene } from '#test/support/payment-scene.ts';
import { failedFields, paidFields } from '#test/support/vnpay-caller.ts';
import { vnpayCallback } from '#test/support/vnpay-messages.ts';

const [secret] = devSecrets.vnpay.ttpvhcc;

describe('what the whole function asks of DynamoDB', () => {
  let scene: PaymentScene;
  let proxy: CountingProxy;
  let operationsFor: (fields: Readonly<Record<string, string>>, hashSecret?: string) => Promise<readonly string[]>;

  beforeAll(async () => {
    scene = await makePaymentScene();
    const { DYNAMODB_ENDPOINT: engine = '' } = process.env;
    proxy = await startCountingProxy(engine);
    setHandlerEnvironment({ TABLE_NAME: scene.table.name });
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.endpoint;
    const { handler } = await import('#functions/accept-callback/handler.ts');
    operationsFor = async (fields, hashSecret = secret?.hashSecret) => {
      const query = vnpayCallback({ ...fields, vnp_TmnCode: secret?.tmnCode }, hashSecret);
      await callHandler(handler, {
        method: 'GET',
        routeKey: 'ANY /callbacks/{gateway}/{merchant}',
        pathParameters: { gateway: 'vnpay', merchant: 'ttpvhcc' },
        target: `/callbacks/vnpay/ttpvhcc?${query}`,
      });
      return proxy.takeOperations();
    };
  });
  afterAll(() => proxy.stop());

  it('is one update for the callback that wins, and one for its repetition', async () => {
    const { gatewayRef } = await scene.openPayment();
    const fields = paidFields(gatewayRef);

    expect([await operationsFor(fields), await operationsFor(fields)]).toEqual([['UpdateItem'], ['UpdateItem']]);
  });

  it('is one update for a failed payment', async () => {
    const { gatewayRef } = await scene.openPayment();

    expect(await operationsFor(failedFields(gatewayRef))).toEqual(['UpdateItem']);
  });

  it('is two writes for other money, and for money that goes to suspense', async () => {
    const { gatewayRef } = await scene.openPayment();

    expect(await operationsFor(paidFields(gatewayRef, { vnp_Amount: '2700000' }))).toEqual(['UpdateItem', 'PutItem']);
    expect(await operationsFor(paidFields('1000000000000301'))).toEqual(['UpdateItem', 'PutItem']);
  });

  it('is one read for a message that nobody signed, and nothing at all for what follows it in a flood', async () => {
    const { gatewayRef } = await scene.openPayment();

    const operations = [];
    for (let sent = 0; sent < 20; sent += 1) {
      operations.push(...(await operationsFor(paidFields(gatewayRef), 'a guess')));
    }

    expect(operations).toEqual(['GetItem']);
  });
});
