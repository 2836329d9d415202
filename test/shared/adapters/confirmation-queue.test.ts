import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DossierConfirmation } from '#schemas/dossier-confirmation.ts';
import { makeConfirmationQueue } from '#shared/adapters/confirmation-queue.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import { drainDossierQueue } from '#test/support/dossier-queue.ts';
import { injectFault } from '#test/support/faults.ts';
import { startTestQueueAndBucket, type TestQueueAndBucket } from '#test/support/local-engines.ts';
import { withSignedReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';
import { type EntryFault, type FaultyQueue, failEntries } from '#test/support/queue-faults.ts';

let engine: TestQueueAndBucket;
let faulty: FaultyQueue | undefined;
beforeAll(async () => {
  engine = await startTestQueueAndBucket();
});
afterEach(async () => {
  faulty?.stop();
  await drainDossierQueue(engine);
});
afterAll(() => engine.stop());

const soon = { milliseconds: 200, firstPause: 1, longestPause: 5 };
const queue = () => makeConfirmationQueue(engine.sqs, engine.queueUrl, soon);
const idsOf = (events: readonly DossierConfirmation[]) => events.map(({ id }) => id);

/** Two events for each of so many dossiers: paid, then the receipt. */
function eventsOf(dossiers: number): DossierConfirmation[] {
  const record = withSignedReceipts(aPaidRecord(Array.from({ length: dossiers }, () => ({}))));
  return owedConfirmations(record).map(({ event }) => event);
}

function failing(faultOf: (eventId: string, triesBefore: number) => EntryFault | undefined): FaultyQueue {
  faulty = failEntries(engine.sqs, faultOf);
  return faulty;
}

describe('sending to the dossier queue', () => {
  it('delivers every event, in order within its dossier', async () => {
    const events = eventsOf(12);

    expect(await queue().send(events)).toEqual({ sent: expect.arrayContaining(idsOf(events)), failed: [] });

    const received = await drainDossierQueue(engine);
    expect(received).toHaveLength(24);
    for (const [subject, ofDossier] of Map.groupBy(received, (event) => event.subject)) {
      expect(ofDossier).toEqual(events.filter((event) => event.subject === subject));
    }
  });

  it('sends at most ten events a batch, and one of a dossier', async () => {
    const { batches } = failing(() => undefined);
    const events = eventsOf(12);

    await queue().send(events);

    const dossierOf = new Map(events.map(({ id, subject }) => [id, subject]));
    for (const batch of batches) {
      expect(batch.length).toBeLessThanOrEqual(10);
      expect(new Set(batch.map((id) => dossierOf.get(id))).size).toBe(batch.length);
    }
    expect(batches).toHaveLength(3);
  });

  it('does nothing when there is nothing to send', async () => {
    expect(await queue().send([])).toEqual({ sent: [], failed: [] });
  });

  it('lets the queue drop what it was sent before', async () => {
    const events = eventsOf(1);
    await queue().send(events);
    expect(await queue().send(events)).toEqual({ sent: idsOf(events), failed: [] });
    expect(await drainDossierQueue(engine)).toEqual(events);
  });

  it('keeps a batch within 256 KiB', async () => {
    const { batches } = failing(() => undefined);
    const long = eventsOf(4).slice(0, 4);
    for (const { data } of long) data.reference = 'x'.repeat(100_000);

    await queue().send(long);

    expect(batches.map((batch) => batch.length)).toEqual([2, 2]);
  });
});

describe('an event that the queue does not take', () => {
  it.each(['busy', 'forgotten'] as const)(
    'is sent again while it is %s, before anything else of its dossier',
    async (fault) => {
      const events = eventsOf(2);
      const stuck = events[0]?.id ?? '';
      const { batches } = failing((id, triesBefore) => (id === stuck && triesBefore < 3 ? fault : undefined));

      expect((await queue().send(events)).failed).toEqual([]);

      expect(batches.flat().filter((id) => id === stuck)).toHaveLength(4);
      const received = await drainDossierQueue(engine);
      expect(idsOf(received.filter(({ subject }) => subject === events[0]?.subject))).toEqual([stuck, events[2]?.id]);
    },
  );

  it('holds back what follows of its dossier, and no other dossier', async () => {
    const events = eventsOf(2);
    const [first, other, second, otherReceipt] = idsOf(events);
    failing((id) => (id === first ? 'unacceptable' : undefined));

    const answer = await queue().send(events);

    expect(answer.sent).toEqual([other, otherReceipt]);
    expect(answer.failed).toEqual([
      { eventId: first, why: 'InvalidMessageContents: no reason given' },
      { eventId: second, why: expect.stringContaining(`held back behind event ${first}`) },
    ]);
    expect(idsOf(await drainDossierQueue(engine))).toEqual([other, otherReceipt]);
  });

  it('is given up when the budget is spent', async () => {
    const events = eventsOf(1);
    failing(() => 'busy');
    const { sent, failed } = await queue().send(events);
    expect(sent).toEqual([]);
    expect(failed[0]?.why).toBe('InternalError: try again');
  });
});

describe('a request that fails as a whole', () => {
  it.each(['throttle', 'never-sent', 'committed-then-timeout'] as const)(
    'is repeated, and nothing comes twice: %s',
    async (kind) => {
      const events = eventsOf(3);
      const fault = injectFault(engine.sqs, { command: 'SendMessageBatchCommand', kind, first: 2 });

      expect((await queue().send(events)).failed).toEqual([]);

      fault.remove();
      expect(fault.struck()).toBe(2);
      expect(idsOf(await drainDossierQueue(engine)).toSorted()).toEqual(idsOf(events).toSorted());
    },
  );

  it('fails its events with the reason when it does not get better', async () => {
    const events = eventsOf(11);
    const fault = injectFault(engine.sqs, { command: 'SendMessageBatchCommand', kind: 'never-sent', first: 1_000 });

    const { sent, failed } = await queue().send(events);

    fault.remove();
    expect(sent).toEqual([]);
    expect(failed.map(({ eventId }) => eventId).toSorted()).toEqual(idsOf(events).toSorted());
    expect(failed[0]?.why).toBe('TimeoutError: injected: never-sent');
  });
});
