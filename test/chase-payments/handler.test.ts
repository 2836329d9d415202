import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { type ChaseScene, makeChaseScene } from '#test/support/chase-scene.ts';
import { setHandlerEnvironment } from '#test/support/handler-environment.ts';
import { withReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';

let scene: ChaseScene;
beforeAll(async () => {
  scene = await makeChaseScene();
  setHandlerEnvironment(scene);
});
afterAll(() => scene.engine.stop());

describe('the functions as they are wired', () => {
  it('chase-payments finishes a numbered payment by itself, with a real page', async () => {
    // Numbered already, since the host's clock decides which series is open.
    const paymentId = await scene.put(withReceipts(aPaidRecord([{}], { dueAt: '2026-01-01T00:00:00.000Z' })));
    const { handler } = await import('#functions/chase-payments/handler.ts');

    await handler({}, { getRemainingTimeInMillis: () => 55_000 });

    const { receipts, payment } = await scene.record(paymentId);
    expect(payment.dueAt).toBeUndefined();
    const page = await scene.archivedBytes(receipts[0]?.pdf?.key ?? '');
    expect(Buffer.from(page).subarray(0, 5).toString()).toBe('%PDF-');
    expect(receipts[0]?.pdf?.sha256).toBe(createHash('sha256').update(page).digest('hex'));
    expect((await scene.drainQueue()).map(({ type }) => type)).toEqual([
      eventTypes.paymentPaid,
      eventTypes.receiptIssued,
    ]);
  });

  it('confirm-dossier tells of a payment from the stream', async () => {
    const paymentId = await scene.put(aPaidRecord());
    const { handler } = await import('#functions/confirm-dossier/handler.ts');
    const image = (state: string) => ({ entity: { S: 'payment' }, paymentId: { S: paymentId }, state: { S: state } });

    const answer = await handler({
      Records: [{ dynamodb: { SequenceNumber: '1', OldImage: image('open'), NewImage: image('paid') } }],
    });

    expect(answer).toEqual({ batchItemFailures: [] });
    expect((await scene.drainQueue()).map(({ data }) => data.paymentId)).toEqual([paymentId]);
  });
});
