import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refundPageSchema, refundViewSchema } from '#schemas/refund.ts';
import { setHandlerEnvironment } from '#test/support/handler-environment.ts';
import { aRefundRequest, makeRefundScene, type RefundScene } from '#test/support/refund-scene.ts';
import { approver, clerk, setStaffEnvironment, staffCalls } from '#test/support/staff-calls.ts';

let scene: RefundScene;
let staff: ReturnType<typeof staffCalls>;
beforeAll(async () => {
  scene = await makeRefundScene();
  setHandlerEnvironment(scene);
  setStaffEnvironment();
  const { handler } = await import('#functions/refund-payment/handler.ts');
  staff = staffCalls(handler);
});
afterAll(() => scene.engine.stop());

const refundsPath = '/v1/finance/refunds';

/** Money that a person will transfer back. */
async function aRequest(change: object = {}) {
  const paymentId = await scene.putPaid();
  const { refund } = aRefundRequest(paymentId, { way: 'transfer', ...change });
  return { refund, path: `${refundsPath}/${paymentId}/${refund.refundId}` };
}

describe('refunds over HTTP', () => {
  it('lead from a clerk’s request by an approver to the recorded transfer', async () => {
    const { refund, path } = await aRequest();

    const asked = await staff.post(clerk, refundsPath, refund);
    expect(refundViewSchema.parse(asked.body)).toMatchObject({ state: 'proposed', maker: clerk.code });
    expect(await staff.post(clerk, refundsPath, refund)).toMatchObject({ status: 200, body: asked.body });
    expect((await staff.post(approver, `${path}/approval`)).body).toMatchObject({ state: 'manual-transfer' });
    const listed = refundPageSchema.parse((await staff.get(clerk, refundsPath)).body);
    expect(listed.items.map(({ refundId, owner }) => [refundId, owner])).toContainEqual([
      refund.refundId,
      'finance-desk',
    ]);
    const proof = { bankReference: 'FT26330', transferredOn: '2026-01-26' };
    expect((await staff.post(clerk, `${path}/transfer`, proof)).body).toMatchObject({ state: 'refunded', ...proof });
    expect((await staff.get(clerk, path)).body).toMatchObject({ state: 'refunded' });
    const ofPayment = await staff.get(clerk, `${refundsPath}?paymentId=${refund.paymentId}`);
    expect(ofPayment.body).toMatchObject({ items: [{ refundId: refund.refundId }] });
  });

  it('are never approved by who asked for them, whatever their roles', async () => {
    const { refund, path } = await aRequest();
    await staff.post(approver, refundsPath, refund);

    expect(await staff.post(approver, `${path}/approval`)).toMatchObject({
      status: 403,
      body: { type: expect.stringMatching(/\/same-person$/), detail: expect.stringContaining('Hãy nhờ một cán bộ') },
    });
    const answer = await staff.post({ ...approver, code: 'kt.hoa' }, `${path}/rejection`, { why: 'không cần nữa ạ' });
    expect(answer.body).toMatchObject({ state: 'rejected', checker: 'kt.hoa' });
  });

  it.each([
    ['an amount that is no number', { amountVnd: '28000' }, '/amountVnd'],
    ['a name for a code, which is not repeated', { reason: 'Nguyễn Văn An' }, '/reason'],
    ['a field that says who asks', { by: 'kt.minh' }, ''],
  ])('name the field at fault: %s', async (_case, change, pointer) => {
    const { refund } = await aRequest(change);
    const { status, body } = await staff.post(clerk, refundsPath, refund);
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    expect(JSON.stringify(body)).not.toContain('Nguyễn');
  });

  it.each([
    ['GET', '/v1/finance/refunds/48620391751101/trung0001', 404, 'no-refund'],
    ['GET', '/v1/finance/refunds/48620391751102/trung0001', 404, 'no-such-place'],
    ['GET', '/v1/finance/refunds/48620391751101', 404, 'no-such-place'],
    ['POST', '/v1/finance/refunds/48620391751101/trung0001', 405, 'wrong-method'],
    ['GET', '/v1/finance/refunds?limit=0', 422, 'faulty-fields'],
    ['GET', '/v1/finance/refunds?page=2', 422, 'faulty-fields'],
    ['POST', '/v1/finance/refunds', 422, 'faulty-fields'],
  ])('answer %s %s with %i %s', async (method, path, status, code) => {
    expect(await staff.call(clerk, method, path)).toMatchObject({
      status,
      body: { type: expect.stringMatching(new RegExp(`/${code}$`)) },
    });
  });

  it('come page by page', async () => {
    const { refund } = await aRequest();
    await staff.post(clerk, refundsPath, refund);
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
      const page = refundPageSchema.parse((await staff.get(clerk, `${refundsPath}?limit=1${after}`)).body);
      seen.push(...page.items.map(({ refundId }) => refundId));
      next = page.next;
    } while (next !== undefined);
    const all = refundPageSchema.parse((await staff.get(clerk, refundsPath)).body);
    expect(seen).toEqual(all.items.map(({ refundId }) => refundId));
  });
});
