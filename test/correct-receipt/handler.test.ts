import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { correctionPageSchema, correctionViewSchema } from '#schemas/correction.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import { sceneStart } from '#test/support/chase-scene.ts';
import { aNotice, aReplacement, type CorrectionScene, makeCorrectionScene } from '#test/support/correction-scene.ts';
import { setHandlerEnvironment } from '#test/support/handler-environment.ts';
import { releaseHostClock, stopHostClock } from '#test/support/host-clock.ts';
import { approver, clerk, setStaffEnvironment, staffCalls } from '#test/support/staff-calls.ts';

let scene: CorrectionScene;
let staff: ReturnType<typeof staffCalls>;
beforeAll(async () => {
  stopHostClock(sceneStart);
  scene = await makeCorrectionScene();
  setHandlerEnvironment(scene);
  setStaffEnvironment();
  const { handler } = await import('#functions/correct-receipt/handler.ts');
  staff = staffCalls(handler);
});
afterAll(async () => {
  releaseHostClock();
  await scene.engine.stop();
});

const correctionsPath = '/v1/finance/corrections';
const pathOf = ({ paymentId, correctionId }: { readonly paymentId: string; readonly correctionId: string }) =>
  `${correctionsPath}/${paymentId}/${correctionId}`;

describe('corrections over HTTP', () => {
  it('lead from a clerk’s proposal by an approver to the notice or the new receipt', async () => {
    const receipt = await scene.putReceipted();
    const [{ correction: replacement }, { correction: notice }] = [aReplacement(receipt), aNotice(receipt)];

    expect((await staff.post(clerk, correctionsPath, notice)).body).toMatchObject({ way: 'notice', state: 'proposed' });
    const proposed = await staff.post(clerk, correctionsPath, replacement);
    expect(correctionViewSchema.parse(proposed.body)).toMatchObject({ state: 'proposed', maker: clerk.code });
    const listed = correctionPageSchema.parse((await staff.get(approver, correctionsPath)).body);
    expect(listed.items).toHaveLength(2);
    expect((await staff.get(approver, pathOf(notice))).body).toMatchObject({ correctionId: notice.correctionId });
    expect((await staff.post(approver, `${pathOf(notice)}/approval`)).body).toMatchObject({
      notice: { sha256: expect.any(String) },
    });
    const approved = await staff.post(approver, `${pathOf(replacement)}/approval`);
    expect(approved).toMatchObject({ status: 200, body: { replacement: { template: 'EBL01' } } });
    const [, made] = await scene.chainOf(receipt.paymentId);
    const { rendererVersion, replaces, lookupUrl, lookupCode } = made?.content ?? {};
    expect([rendererVersion, replaces?.number]).toEqual([RENDERER_VERSION, receipt.content.number]);
    expect(lookupUrl).toBe(`https://edge.example.vn/r/${lookupCode}`);
  });

  it('are never decided by who proposed them, whatever their roles', async () => {
    const { correction } = aReplacement(await scene.putReceipted());
    await staff.post(approver, correctionsPath, correction);
    expect(await staff.post(approver, `${pathOf(correction)}/approval`)).toMatchObject({
      status: 403,
      body: { type: expect.stringMatching(/\/same-person$/) },
    });
    const why = { why: 'Biên lai đúng, không cần sửa' };
    const other = { ...approver, code: 'kt.hoa' };
    expect((await staff.post(other, `${pathOf(correction)}/rejection`, why)).body).toMatchObject({ state: 'rejected' });
  });

  it('that the law does not know are refused with its reason', async () => {
    const { way: _way, payer: _payer, ...plain } = aReplacement(await scene.putReceipted()).correction;
    expect(await staff.post(clerk, correctionsPath, { ...plain, way: 'cancellation' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Điều 20 Thông tư 91/2026/TT-BTC') },
    });
  });

  it.each([
    [{ way: 'erase' }, '/way'],
    [{ way: 'notice', correctionId: 'saimst0001', paymentId: 'Nguyễn Văn An' }, '/paymentId'],
  ])('name the field at fault, and not its value: %j', async (body, pointer) => {
    const answer = await staff.post(clerk, correctionsPath, body);
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    });
    expect(answer.raw.body).not.toContain('Nguyễn');
  });
});
