import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setHandlerEnvironment } from '#test/support/handler-environment.ts';
import { aDecision, aRefundRequest, makeRefundScene, type RefundScene } from '#test/support/refund-scene.ts';

let scene: RefundScene;
let handler: (event: unknown) => Promise<object>;
beforeAll(async () => {
  scene = await makeRefundScene();
  setHandlerEnvironment(scene);
  ({ handler } = await import('#functions/refund-payment/handler.ts'));
});
afterAll(() => scene.engine.stop());

describe('the function', () => {
  it('does what the finance desk asks and answers as JSON', async () => {
    const paymentId = await scene.putPaid();
    const request = aRefundRequest(paymentId, { way: 'transfer' });

    expect(await handler(request)).toMatchObject({ kind: 'done', refund: { state: 'proposed' } });
    expect(await handler(aDecision(request, 'approve'))).toMatchObject({ refund: { state: 'manual-transfer' } });
    expect(await handler({ action: 'list' })).toMatchObject({
      kind: 'listed',
      refunds: [{ paymentId, owner: 'finance-desk' }],
    });
    expect(await handler(aDecision(request, 'reject', { by: 'kt-01', why: 'không cần nữa' }))).toEqual({
      kind: 'refused',
      code: 'same-person',
      explanation: expect.stringContaining('Hãy nhờ một cán bộ khác'),
    });
  });

  it.each([
    [undefined, ''],
    [{ action: 'pay' }, 'action'],
    [{ action: 'list', more: 1 }, ''],
    [{ action: 'approve', by: 'kt-02', paymentId: '48620391751101' }, 'refundId'],
    [{ action: 'approve', by: 'Nguyễn Văn An', paymentId: '48620391751101', refundId: 'trung0001' }, 'by'],
  ])('names the field at fault, and not its value: %j', async (event, field) => {
    const answer = await handler(event);
    expect(answer).toMatchObject({ kind: 'faulty', faults: [{ field }] });
    expect(JSON.stringify(answer)).not.toContain('Nguyễn');
  });
});
