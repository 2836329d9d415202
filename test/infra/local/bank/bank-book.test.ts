import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openBankBook } from '#infra/local/bank/bank-book.ts';
import { anInstant } from '#test/support/attempt-orders.ts';

let file: string;
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'bien-lai-book-')), 'bank.json');
});
afterEach(() => rm(join(file, '..'), { recursive: true }));

const order = {
  gateway: 'sepay',
  merchant: 'ttpvhcc',
  orderRef: 'nộp phí / của tôi',
  amountVnd: 28_000,
  description: 'nộp phí',
  openedAt: anInstant,
  refunds: [],
  taken: [],
  calls: [],
};

describe("the bank's book", () => {
  it('remembers orders and counts transactions on after a restart', async () => {
    const book = await openBankBook(file);
    const id = await book.open(order);
    const first = await book.drawTransactionNo();
    const reopened = await openBankBook(file);

    expect(id).toMatch(/^[\w.-]+$/);
    expect(reopened.find(id)).toEqual(order);
    expect(Number(await reopened.drawTransactionNo())).toBe(Number(first) + 1);
  });

  it('keeps an order as it was when it is brought again', async () => {
    const book = await openBankBook(file);
    const id = await book.open(order);
    await book.change(id, { lastNews: { result: 'failed', amountVnd: 28_000, at: anInstant } });

    expect(await book.open({ ...order, amountVnd: 1 })).toBe(id);
    expect(book.find(id)).toMatchObject({ amountVnd: 28_000, lastNews: { result: 'failed' } });
  });

  it('reads a book of an earlier version', async () => {
    const call = { method: 'POST', url: 'http://localhost:4400/callbacks/momo/ttpvhcc', body: '{}' };
    const { refunds: _refunds, openedAt: _openedAt, ...earlier } = order;
    const kept = {
      ...earlier,
      gateway: 'momo',
      orderRef: '1000000000000301',
      requestId: 'rq-1',
      callbackUrl: call.url,
      calls: [{ at: anInstant, what: 'đã thanh toán', call, status: 204, answer: '' }],
    };
    await writeFile(file, JSON.stringify({ nextTransactionNo: 14_000_007, orders: { 'momo-1000000000000301': kept } }));
    const book = await openBankBook(file);

    expect(book.find('momo-ttpvhcc-1000000000000301')).toMatchObject({
      gateway: 'momo',
      calls: [{ status: 204, outcomes: [] }],
    });
    expect(await book.drawTransactionNo()).toBe('14000007');
  });
});
