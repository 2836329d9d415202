import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { PaymentId } from '#schemas/ids.ts';
import { setHandlerEnvironment } from '#test/support/handler-environment.ts';
import { type IssuingScene, makeIssuingScene } from '#test/support/issuing-scene.ts';
import { putPaidPayments } from '#test/support/paid-record.ts';

const realTimers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** What the stream says when a payment goes from one state to another. */
function changed(paymentId: PaymentId, before: string, after: string): DynamoDBStreamEvent['Records'][number] {
  const image = (state: string) => ({ entity: { S: 'payment' }, paymentId: { S: paymentId }, state: { S: state } });
  return {
    eventName: 'MODIFY',
    dynamodb: { SequenceNumber: `1${paymentId}`, OldImage: image(before), NewImage: image(after) },
  };
}

describe('the function that issues receipts', () => {
  let scene: IssuingScene;
  let handler: (event: DynamoDBStreamEvent) => Promise<unknown>;

  beforeAll(async () => {
    // The handler goes by the host's clock: only the date is stopped, timers run.
    jest.useFakeTimers({ now: Date.parse('2026-11-23T02:15:32.000Z'), doNotFake: [...realTimers] });
    scene = await makeIssuingScene();
    setHandlerEnvironment(scene);
    ({ handler } = await import('#functions/issue-receipt/handler.ts'));
  });
  afterAll(async () => {
    jest.useRealTimers();
    await scene.engine.stop();
  });

  it('makes a numbered PDF of every payment that was paid, and of no other change', async () => {
    const [first, second, unchanged] = await putPaidPayments(scene.table, 3);
    if (first === undefined || second === undefined || unchanged === undefined) throw new Error('three were wanted');

    const answer = await handler({
      Records: [changed(first, 'open', 'paid'), changed(unchanged, 'paid', 'paid'), changed(second, 'expired', 'paid')],
    });

    expect(answer).toEqual({ batchItemFailures: [] });
    const register = await scene.register('26TAA');
    expect(register.map(({ paymentId }) => paymentId)).toEqual([first, second]);
    for (const { content, pdf } of register) {
      expect(content.lookupUrl).toBe(`https://edge.example.vn/r/${content.lookupCode}`);
      const bytes = Buffer.from(await scene.archivedBytes(pdf?.key ?? ''));
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('answers a record whose receipt could not be issued as failed', async () => {
    const [paymentId] = await putPaidPayments(scene.table, 1);
    if (paymentId === undefined) throw new Error('one was wanted');
    jest.setSystemTime(Date.parse('2026-11-22T02:15:32.000Z'));

    expect(await handler({ Records: [changed(paymentId, 'open', 'paid')] })).toEqual({
      batchItemFailures: [{ itemIdentifier: `1${paymentId}` }],
    });
  });
});
