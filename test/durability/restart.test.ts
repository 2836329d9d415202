import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '#infra/local/wait-until.ts';
import { type DossierConfirmation, dossierConfirmationSchema, eventTypes } from '#schemas/dossier-confirmation.ts';
import { readReceiptItem } from '#shared/adapters/read-items.ts';
import { awaitReceipts, visitBank } from '#test/support/bank-visitor.ts';
import { findStackPlace, type StackPlace, type StackProcess, startStackProcess } from '#test/support/local-stack.ts';
import { enginePidOf, forgetPositions, loseStream, readLedger, readPositions } from '#test/support/stack-state.ts';

/** Enough that they are hardly ever all finished at the moment when the last of them is acknowledged. */
const paymentsAtOnce = 12;

describe('npm start, killed at the moment when payments are acknowledged', () => {
  let place: StackPlace;
  let stack: StackProcess;
  const acknowledged: string[] = [];
  const heard = new Map<string, DossierConfirmation>();
  let finishedAfterRestarts = 0;
  beforeAll(async () => {
    place = await findStackPlace();
    stack = await startStackProcess(place);
  }, 180_000);
  afterAll(async () => {
    await stack.end('SIGINT');
    await place.remove();
  }, 60_000);

  /** Pays at once; each is acknowledged when the bank shows that it heard 00. */
  async function payAtOnce(): Promise<void> {
    const visits = await Promise.all(Array.from({ length: paymentsAtOnce }, () => visitBank(stack, 'vnpay')));
    const pages = await Promise.all(visits.map(({ press }) => press('pay')));
    expect(pages.filter((page) => page.includes('&quot;RspCode&quot;:&quot;00&quot;'))).toHaveLength(paymentsAtOnce);
    acknowledged.push(...visits.map(({ paymentId }) => paymentId));
  }

  /** Receives what came, as the dossier system does: each event once by its id, in the order in which it came first. */
  async function receive(): Promise<void> {
    const { sqs, queueUrl } = stack;
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      const event = dossierConfirmationSchema.parse(JSON.parse(Body));
      if (!heard.has(event.id)) heard.set(event.id, event);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }

  const typesHeardOf = (paymentId: string) =>
    [...heard.values()].filter(({ data }) => data.paymentId === paymentId).map(({ type }) => type);

  /** Starts again and waits until everything acknowledged is finished. */
  async function restart(): Promise<void> {
    const restartedAt = new Date().toISOString();
    stack = await startStackProcess(place);
    for (const paymentId of acknowledged) {
      expect(await awaitReceipts(stack.dossierSystem, paymentId)).toMatchObject({ state: 'paid', otherMoney: [] });
      await waitUntil(
        `the confirmations of ${paymentId}`,
        async () => {
          if (typesHeardOf(paymentId).length === 2) return true;
          await receive();
          return undefined;
        },
        { timeoutMs: 60_000, everyMs: 0 },
      );
    }
    const receipts = (await readLedger(place, 'receipt')).map(readReceiptItem);
    finishedAfterRestarts += receipts.filter(({ signedAt = '' }) => signedAt > restartedAt).length;
    expect(receipts.map(({ content }) => content.number).toSorted((one, other) => one - other)).toEqual(
      acknowledged.map((_, index) => index + 1),
    );
    expect(new Set(receipts.map(({ paymentId }) => paymentId))).toEqual(new Set(acknowledged));
    for (const paymentId of acknowledged)
      expect(typesHeardOf(paymentId)).toEqual([eventTypes.paymentPaid, eventTypes.receiptIssued]);
    await waitUntil(
      'all confirmations to be recorded',
      async () => {
        const events = await readLedger(place, 'event');
        return events.length === 2 * acknowledged.length ? true : undefined;
      },
      { timeoutMs: 60_000 },
    );
  }

  it('keeps all and finishes it, after the start has stopped the engine that was left over', async () => {
    await payAtOnce();
    await stack.end('SIGKILL');
    const leftOver = await enginePidOf(place);

    await restart();

    expect(stack.output()).toContain('Đã dừng DynamoDB Local còn sót');
    expect(await enginePidOf(place)).not.toBe(leftOver);
  }, 180_000);

  it('keeps all and finishes it when the engine is killed too and the positions in the stream are gone', async () => {
    await payAtOnce();
    process.kill(await enginePidOf(place), 'SIGKILL');
    await stack.end('SIGKILL');
    await forgetPositions(place);

    await restart();

    expect(heard.size).toBe(2 * acknowledged.length);
  }, 180_000);

  it('finishes all by the sweep when the stream brings nothing more', async () => {
    await payAtOnce();
    await stack.end('SIGKILL');
    await loseStream(place);
    const lost = await readPositions(place);

    await restart();

    expect(await readPositions(place)).toEqual(lost);
  }, 180_000);

  it('left something to finish at one of the three deaths at least', () => {
    expect(finishedAfterRestarts).toBeGreaterThan(0);
  });
});
