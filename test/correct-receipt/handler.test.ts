import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aDecision,
  aNotice,
  aReplacement,
  type CorrectionScene,
  makeCorrectionScene,
} from '#test/support/correction-scene.ts';
import { setHandlerEnvironment } from '#test/support/handler-environment.ts';

let scene: CorrectionScene;
let handler: (event: unknown) => Promise<object>;
beforeAll(async () => {
  scene = await makeCorrectionScene();
  setHandlerEnvironment(scene);
  ({ handler } = await import('#functions/correct-receipt/handler.ts'));
});
afterAll(() => scene.engine.stop());

describe('the function', () => {
  it('does what the finance desk asks and answers as JSON', async () => {
    const receipt = await scene.putReceipted();
    const [replacement, notice] = [aReplacement(receipt), aNotice(receipt)];

    expect(await handler(notice)).toMatchObject({ kind: 'done', correction: { way: 'notice', state: 'proposed' } });
    expect(await handler(replacement)).toMatchObject({ kind: 'done', correction: { state: 'proposed' } });
    expect(await handler({ action: 'list' })).toMatchObject({ kind: 'listed', corrections: [{}, {}] });
    expect(await handler(aDecision(notice))).toMatchObject({ correction: { notice: { sha256: expect.any(String) } } });
    expect(await handler(aDecision(replacement, { by: 'kt-01' }))).toMatchObject({ code: 'same-person' });
    const approved = await handler(aDecision(replacement));
    expect(approved).toMatchObject({ kind: 'done', correction: { replacement: { template: 'EBL01' } } });
    expect(JSON.parse(JSON.stringify(approved))).toEqual(approved);
    const [, made] = await scene.chainOf(receipt.paymentId);
    expect(made?.content).toMatchObject({ rendererVersion: '2', replaces: { number: receipt.content.number } });
    expect(made?.content.lookupUrl).toBe(`https://edge.example.vn/r/${made?.content.lookupCode}`);
  });

  it.each([
    [undefined, ''],
    [{ action: 'undo' }, 'action'],
    [{ action: 'approve', by: 'kt-02', paymentId: '48620391751101' }, 'correctionId'],
    [{ action: 'approve', by: 'Nguyễn Văn An', paymentId: '48620391751101', correctionId: 'saimst0001' }, 'by'],
    [{ action: 'propose', by: 'kt-01', correction: { way: 'erase' } }, 'correction.way'],
  ])('names the field at fault, and not its value: %j', async (event, field) => {
    const answer = await handler(event);
    expect(answer).toMatchObject({ kind: 'faulty', faults: [{ field }] });
    expect(JSON.stringify(answer)).not.toContain('Nguyễn');
  });
});
