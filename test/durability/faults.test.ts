import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#schemas/dossier-confirmation.ts';
import { inParallel } from '#shared/processes/in-parallel.ts';
import { payAfterExpiry, payInTime, withoutTimes } from '#test/support/main-path.ts';
import { type CleanWalk, faultsOfWrites, walkClean, walkStruck, writesOf } from '#test/support/strikes.ts';

/** Each walk has engines and a table of its own, and mostly waits. */
const walksAtOnce = 4;

/** The whole enumeration, with reads, pairs and the SDK's own repetitions, is in faults.slow.ts. */
describe('a fault at any write between the request and the last confirmation', () => {
  let clean: CleanWalk;
  beforeAll(async () => {
    clean = await walkClean(payInTime, 'stream');
  }, 60_000);

  it('has these places to happen', () => {
    const counts = Object.entries(Object.groupBy(writesOf(clean), ({ command }) => command));

    expect(Object.fromEntries(counts.map(([command, writes = []]) => [command, writes.length]))).toEqual({
      // The payment; the two numbers.
      TransactWriteItemsCommand: 2,
      // Attempt, address of the bank's page, settlement, its repetition, two receipts as signed, nothing more due.
      UpdateItemCommand: 7,
      // The series; four confirmations as sent.
      PutItemCommand: 5,
      // The XML and the page of each.
      PutObjectCommand: 4,
      // The payment as paid, and its receipts as issued, to both dossiers.
      SendMessageBatchCommand: 2,
    });
  });

  it('is compared with one settlement, two receipts and one set of confirmations', () => {
    const { items, archived, told } = clean.end;

    expect(items.filter(({ settlement }) => settlement !== undefined)).toMatchObject([{ state: 'paid', version: 3 }]);
    expect(items.flatMap(({ receiptNumber = [] }) => receiptNumber)).toEqual([1, 2]);
    expect(items.filter(({ entity }) => entity === 'event')).toHaveLength(4);
    expect(items.filter(({ entity, dueAt }) => entity === 'money' || dueAt !== undefined)).toEqual([]);
    expect(archived.map(({ sha256 }) => sha256)).toEqual(['pdf 1', 'xml 1', 'pdf 2', 'xml 2']);
    expect(Object.values(told).map((events) => events.map(({ type }) => type))).toEqual([
      [eventTypes.paymentPaid, eventTypes.receiptIssued],
      [eventTypes.paymentPaid, eventTypes.receiptIssued],
    ]);
  });

  it.each([...new Set(Object.values(faultsOfWrites).flat())])(
    'leaves everything as without it: %s',
    async (kind) => {
      const writes = writesOf(clean).filter(({ command }) => faultsOfWrites[command]?.includes(kind));
      expect(writes.length).toBeGreaterThan(0);

      await inParallel(writes, walksAtOnce, async (write) => {
        const end = await walkStruck(payInTime, 'stream', { ...write, kind });
        expect({ write, end }).toEqual({ write, end: clean.end });
      });
    },
    120_000,
  );
});

describe('an answer that is lost at any write of a payment that failed, expired and was paid more than once', () => {
  it('leaves everything as without it, but for times, by the sweep alone', async () => {
    const clean = await walkClean(payAfterExpiry, 'sweep');

    await inParallel(writesOf(clean), walksAtOnce, async (write) => {
      const end = await walkStruck(payAfterExpiry, 'sweep', { ...write, kind: 'committed-then-timeout' });
      expect({ write, end: withoutTimes(end) }).toEqual({ write, end: withoutTimes(clean.end) });
    });
  }, 120_000);
});
