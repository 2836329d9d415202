import { describe, expect, it } from '@jest/globals';
import type { DossierConfirmation } from '#schemas/dossier-confirmation.ts';
import { owedConfirmations } from '#shared/domain/owed-confirmations.ts';
import { identityOf } from '#shared/domain/receipt.ts';
import { withSignedReceipts } from '#test/support/owing-records.ts';
import { aPaidRecord } from '#test/support/paid-record.ts';
import {
  type DossierBook,
  type DossierWork,
  type FeeState,
  readConfirmation,
} from '../../docs/examples/dossier-reader.ts';

/** A dossier system's tables, in memory. */
class Book implements DossierBook, DossierWork {
  readonly known = new Set<string>();
  readonly fees = new Map<string, FeeState>();
  readonly receipts: number[] = [];
  readonly replaced: number[] = [];

  async once(eventId: string, work: (dossier: DossierWork) => Promise<void>): Promise<boolean> {
    if (this.known.has(eventId)) return false;
    await work(this);
    this.known.add(eventId);
    return true;
  }

  lastSequence(paymentId: string, debtId: string): Promise<number> {
    return Promise.resolve(this.fees.get(`${paymentId}/${debtId}`)?.sequence ?? 0);
  }

  setFeeState(fee: FeeState): Promise<void> {
    this.fees.set(`${fee.paymentId}/${fee.debtId}`, fee);
    return Promise.resolve();
  }

  addReceipt({ receipt }: Parameters<DossierWork['addReceipt']>[0]): Promise<void> {
    this.receipts.push(receipt.number);
    return Promise.resolve();
  }

  markReplaced({ number }: Parameters<DossierWork['markReplaced']>[0]): Promise<void> {
    this.replaced.push(number);
    return Promise.resolve();
  }
}

const record = withSignedReceipts(aPaidRecord([{}], { expiredAt: '2026-11-23T02:15:00.000Z' }));
const [expired, paid, issued] = owedConfirmations(record).map(({ event }) => event);

async function read(...events: readonly (DossierConfirmation | undefined)[]): Promise<Book> {
  const book = new Book();
  for (const event of events) await readConfirmation(JSON.stringify(event), book);
  return book;
}

describe('the example reader of confirmations', () => {
  it.each([
    ['in order', [expired, paid, issued]],
    ['out of order', [issued, expired, paid]],
    ['more than once, and late', [paid, issued, paid, expired, issued, expired]],
  ])('comes to the same when events arrive %s', async (_, events) => {
    const book = await read(...events);
    expect([...book.fees.values()].map(({ state }) => state)).toEqual(['paid']);
    expect(book.receipts).toEqual([1]);
  });

  it('takes a replacement over and leaves the fee as it is', async () => {
    const [receipt] = record.receipts;
    if (receipt === undefined) throw new Error('no receipt');
    const replaces = { ...identityOf(receipt), reason: 'Sai mã số thuế' };
    const replacement = { ...receipt, revision: 1, content: { ...receipt.content, number: 2, replaces } };
    const events = owedConfirmations({ ...record, receipts: [receipt, replacement] }).map(({ event }) => event);

    const book = await read(...events);

    expect([book.receipts, book.replaced]).toEqual([[1, 2], [1]]);
    expect([...book.fees.values()].map(({ state }) => state)).toEqual(['paid']);
  });

  it('says that it knows an event', async () => {
    const book = await read(paid);
    expect(await readConfirmation(JSON.stringify(paid), book)).toBe('known');
  });

  it.each(['', '{}', '{"specversion":"1.0"}'])('leaves a message alone that is none of ours: %j', async (body) => {
    await expect(readConfirmation(body, new Book())).rejects.toThrow();
  });
});
