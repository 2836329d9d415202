import * as z from 'zod';
import { readOrMake, writeState } from '#infra/local/state-file.ts';
import { type BankOrder, bankOrderSchema } from './bank-order.ts';

const bookSchema = z.strictObject({
  nextTransactionNo: z.number().int(),
  orders: z.record(z.string(), bankOrderSchema),
});

/** What the bank remembers, kept over restarts. */
export interface BankBook {
  readonly find: (id: string) => BankOrder | undefined;
  readonly all: () => readonly BankOrder[];
  /** Notes an order unless it is noted already, and gives its id. */
  readonly open: (order: BankOrder) => Promise<string>;
  readonly change: (id: string, changes: Partial<BankOrder>) => Promise<BankOrder>;
  readonly drawTransactionNo: () => Promise<string>;
}

/** Fit for an address: a transfer's content may hold anything. */
export function orderIdOf({
  gateway,
  merchant,
  orderRef,
}: Pick<BankOrder, 'gateway' | 'merchant' | 'orderRef'>): string {
  return `${gateway}-${merchant}-${orderRef.replaceAll(/[^\w.-]/g, '_')}`;
}

export async function openBankBook(file: string): Promise<BankBook> {
  const kept = await readOrMake(file, bookSchema, () => ({ nextTransactionNo: 14_000_001, orders: {} }));
  const orders = new Map(Object.values(kept.orders).map((order) => [orderIdOf(order), order]));
  let { nextTransactionNo } = kept;
  // One write after the other: two at once would share the file that is renamed.
  let writing = Promise.resolve();
  const write = () => {
    writing = writing.then(() => writeState(file, { nextTransactionNo, orders: Object.fromEntries(orders) }));
    return writing;
  };
  return {
    find: (id) => orders.get(id),
    all: () => [...orders.values()],
    open: async (order) => {
      const id = orderIdOf(order);
      if (!orders.has(id)) {
        orders.set(id, order);
        await write();
      }
      return id;
    },
    change: async (id, changes) => {
      const order = orders.get(id);
      if (order === undefined) throw new Error(`The bank knows no order ${id}.`);
      const changed = bankOrderSchema.parse({ ...order, ...changes });
      orders.set(id, changed);
      await write();
      return changed;
    },
    drawTransactionNo: async () => {
      const number = String(nextTransactionNo);
      nextTransactionNo += 1;
      await write();
      return number;
    },
  };
}
