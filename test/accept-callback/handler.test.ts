import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPayment } from '#functions/start-payment/create-payment.ts';
import { openAttempt } from '#functions/start-payment/open-attempt.ts';
import { devSecrets } from '#test/support/function-environment.ts';
import { callHandler, type HttpCall, setHandlerEnvironment } from '#test/support/http-calls.ts';
import { momoCallback } from '#test/support/momo-messages.ts';
import {
  anAttemptRequest,
  aPaymentRequest,
  callingClient,
  makePaymentScene,
  type PaymentScene,
} from '#test/support/payment-scene.ts';
import { vnpayCallback } from '#test/support/vnpay-messages.ts';

const vnpaySecret = devSecrets.vnpay.ttpvhcc[0];
const momoSecret = devSecrets.momo.ttpvhcc[0];
if (vnpaySecret === undefined || momoSecret === undefined) throw new Error('no secrets');

let scene: PaymentScene;
let call: (request: HttpCall) => ReturnType<typeof callHandler>;

beforeAll(async () => {
  scene = await makePaymentScene();
  setHandlerEnvironment({ TABLE_NAME: scene.table.name });
  const { handler } = await import('#functions/accept-callback/handler.ts');
  call = (request) => callHandler(handler, request);
});

const vnpayQuery = (gatewayRef: string, changes: Record<string, string> = {}) =>
  vnpayCallback(
    { vnp_TxnRef: gatewayRef, vnp_Amount: '2800000', vnp_TmnCode: vnpaySecret.tmnCode, ...changes },
    vnpaySecret.hashSecret,
  );

const callBack = (gateway: string, merchant: string, request: Partial<HttpCall>) =>
  call({
    method: 'GET',
    routeKey: 'ANY /callbacks/{gateway}/{merchant}',
    pathParameters: { gateway, merchant },
    ...request,
  });
const comeBack = (gateway: string, query: string) =>
  call({
    method: 'GET',
    routeKey: 'GET /return/{gateway}/{merchant}',
    pathParameters: { gateway, merchant: 'ttpvhcc' },
    target: `/return/${gateway}/ttpvhcc?${query}`,
  });

describe('a callback through the whole function', () => {
  it('settles a VNPAY payment over the received query and is answered in VNPAY’s words', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const target = `/callbacks/vnpay/ttpvhcc?${vnpayQuery(gatewayRef, { vnp_OrderInfo: 'Lệ phí & phụ thu = 50% + #1' })}`;

    const answer = await callBack('vnpay', 'ttpvhcc', { target });

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': expect.stringContaining('application/json') },
    });
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ RspCode: '00' });
    expect((await scene.record(paymentId)).payment.state).toBe('paid');
  });

  it('settles a MoMo payment over the received body, also when API Gateway hands it on in Base64', async () => {
    const created = await createPayment(aPaymentRequest(), callingClient, scene.paying);
    if (!('record' in created)) throw new Error(created.kind);
    const { paymentId } = created.record.payment;
    await openAttempt(paymentId, callingClient, anAttemptRequest({ gateway: 'momo' }), scene.paying);
    const body = momoCallback(
      { orderId: `${paymentId}01`, amount: 28_000, partnerCode: momoSecret.partnerCode },
      momoSecret,
    );

    const answer = await callBack('momo', 'ttpvhcc', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/octet-stream' },
    });

    expect(answer.statusCode).toBe(204);
    expect((await scene.record(paymentId)).payment.state).toBe('paid');
  });

  it('never settles with the secret of another merchant account', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const target = `/callbacks/vnpay/vpdkdd?${vnpayQuery(gatewayRef)}`;

    expect(JSON.parse((await callBack('vnpay', 'vpdkdd', { target })).body ?? '')).toMatchObject({ RspCode: '97' });
    expect((await scene.record(paymentId)).payment.state).toBe('open');
  });

  it.each([
    ['nopay', 'ttpvhcc'],
    ['vnpay', 'nobody'],
    ['constructor', 'ttpvhcc'],
    ['vnpay', '__proto__'],
  ])('is 404 where no account is: %s/%s', async (gateway, merchant) => {
    expect((await callBack(gateway, merchant, { target: '/?a=1' })).statusCode).toBe(404);
  });

  it('is refused unread when it is longer than 64 KiB', async () => {
    const body = JSON.stringify({ partnerCode: 'x'.repeat(70_000) });

    expect((await callBack('momo', 'ttpvhcc', { method: 'POST', body })).statusCode).toBe(413);
  });

  it('is refused when it did not come through the edge', async () => {
    const { gatewayRef } = await scene.openPayment();
    const target = `/callbacks/vnpay/ttpvhcc?${vnpayQuery(gatewayRef)}`;

    expect((await callBack('vnpay', 'ttpvhcc', { target, headers: { 'x-origin-secret': 'guess' } })).statusCode).toBe(
      403,
    );
  });
});

describe('the page that a citizen comes back to', () => {
  it('shows what we hold and never decides, even when it comes before the gateway’s own call', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();
    const query = vnpayQuery(gatewayRef);

    const before = await comeBack('vnpay', query);
    expect(before.body).toContain('Đang chờ cổng thanh toán xác nhận');
    expect((await scene.record(paymentId)).payment.state).toBe('open');

    await callBack('vnpay', 'ttpvhcc', { target: `/callbacks/vnpay/ttpvhcc?${query}` });
    const after = await comeBack('vnpay', query);
    expect(after.body).toContain('Đã thanh toán');
    expect(after.body).toContain('28.000\u00a0đ');
    expect(after.headers?.['content-security-policy']).toContain("default-src 'none'");
  });

  it('shows nothing of a payment to somebody who cannot prove the gateway’s word', async () => {
    const { paymentId, gatewayRef } = await scene.openPayment();

    const page = await comeBack('vnpay', `${vnpayQuery(gatewayRef).slice(0, -4)}0000`);

    expect(page.body).toContain('Chưa xác nhận được tại trang này');
    expect(page.body).not.toContain(paymentId);
  });

  it('tells a failed attempt from money on its way', async () => {
    const { gatewayRef } = await scene.openPayment();

    const page = await comeBack(
      'vnpay',
      vnpayQuery(gatewayRef, { vnp_ResponseCode: '24', vnp_TransactionStatus: '02' }),
    );

    expect(page.body).toContain('Chưa thanh toán');
  });
});
