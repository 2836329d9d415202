import { createHash } from 'node:crypto';
import { instantSchema, type PaymentId } from '#schemas/ids.ts';
import { type FileDigest, fileDigestSchema } from '#schemas/reconciliation.ts';
import type { Suspense } from '#shared/domain/assignment.ts';
import type { LedgerDays, LedgerEntry, LedgerRow } from '#shared/domain/ledger-day.ts';
import {
  paymentNamedIn,
  paymentOf,
  rowsOfHint,
  rowsOfRecord,
  rowsOfSuspense,
  rowsOfUnpaid,
} from '#shared/domain/ledger-rows.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { ReconciledRow } from '#shared/domain/reconciliation.ts';
import { addressOf, type DayAddress } from '#shared/domain/statement-day.ts';
import { dayAfter } from '#shared/domain/working-days.ts';
import { explain } from '#shared/processes/answer-to-error.ts';
import { inParallel } from '#shared/processes/in-parallel.ts';

export interface LedgerBookNeeds {
  readonly ledgerDays: LedgerDays;
  /** Payments of receipts for money of the day: a hint (find-receipted.ts). */
  readonly findReceipted: (address: DayAddress) => AsyncIterable<readonly PaymentId[]>;
  readonly logNews: LogNews;
}

const readsAtOnce = 20;

/**
 * The ledger of an account's day and its neighbours, as one run reads it. What is of the day itself is read from the
 * payments, consistently; of the neighbours the index is believed until a row of theirs is to accuse somebody.
 */
export class LedgerBook {
  readonly #address: DayAddress;
  readonly #needs: LedgerBookNeeds;
  /** By payment, as its own items say. */
  readonly #read = new Map<PaymentId, readonly LedgerRow[]>();
  /** By payment, as the index says. */
  readonly #hints = new Map<PaymentId, readonly LedgerRow[]>();
  readonly #suspense: LedgerRow[] = [];
  /** Payments that could not be read: what the index says stands, and is said not to be confirmed. */
  readonly #unreadable = new Set<PaymentId>();

  constructor(address: DayAddress, needs: LedgerBookNeeds) {
    this.#address = address;
    this.#needs = needs;
  }

  async gather(): Promise<void> {
    const { day } = this.#address;
    for (const each of [day, dayAfter(day, -1), dayAfter(day)]) {
      for await (const entries of this.#needs.ledgerDays.readDay(this.#address, each)) {
        await inParallel(entries, readsAtOnce, (entry) => this.#take(entry, each === day));
      }
    }
    await this.#gatherReceipted();
  }

  /** A payment that has receipts and no money stands in no index of money. */
  async #gatherReceipted(): Promise<void> {
    for await (const paymentIds of this.#needs.findReceipted(this.#address)) {
      const unread = paymentIds.filter((each) => !this.#read.has(each) && !this.#unreadable.has(each));
      await inParallel(unread, readsAtOnce, (paymentId) => this.#readPayment(paymentId, []));
    }
  }

  /** All rows of the three days, in an order that depends on nothing but them. */
  rows(): readonly LedgerRow[] {
    const { day } = this.#address;
    const [first, last] = [dayAfter(day, -1), dayAfter(day)];
    const hints = [...this.#hints].filter(([paymentId]) => !this.#read.has(paymentId)).map(([, rows]) => rows);
    return [...this.#read.values(), ...hints, this.#suspense]
      .flat()
      .filter(({ businessDate }) => businessDate >= first && businessDate <= last)
      .map((row) => [JSON.stringify(row), row] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, row]) => row);
  }

  /**
   * Reads the payments that the rows are about and that were not read yet, before the rows accuse anybody.
   * @returns whether the ledger says anything else than before
   */
  async confirm(rows: readonly ReconciledRow[]): Promise<boolean> {
    const before = digestOf(this.rows());
    const doubted = Map.groupBy(rows, ({ reference }) => paymentNamedIn(reference));
    await inParallel([...doubted], readsAtOnce, async ([paymentId, about]) => {
      if (paymentId !== undefined && !this.#unreadable.has(paymentId)) await this.#readPayment(paymentId, about);
    });
    return digestOf(this.rows()) !== before;
  }

  async #take(entry: LedgerEntry, isOfDay: boolean): Promise<void> {
    if (entry.kind === 'unreadable') {
      this.#needs.logNews('LEDGER_ROW_UNREADABLE', { ...addressOf(this.#address), why: entry.why });
      return;
    }
    if (entry.kind === 'suspense') return this.#takeSuspense(entry.money);
    const paymentId = paymentOf(entry);
    this.#hints.set(paymentId, [...(this.#hints.get(paymentId) ?? []), ...rowsOfHint(entry)]);
    // Of a refund the index does not say what was paid.
    const isToRead = isOfDay || entry.kind === 'refund';
    if (isToRead && !this.#read.has(paymentId)) await this.#readPayment(paymentId, []);
  }

  async #takeSuspense(hint: Suspense): Promise<void> {
    const money = (await this.#needs.ledgerDays.readSuspense(hint)) ?? hint;
    this.#suspense.push(...rowsOfSuspense(money));
  }

  /** A payment that cannot be read holds up no other, and accuses nobody: its row stays as the index has it. */
  async #readPayment(paymentId: PaymentId, doubts: readonly ReconciledRow[]): Promise<void> {
    try {
      const record = await this.#needs.ledgerDays.readRecord(paymentId);
      this.#read.set(paymentId, record === undefined ? [] : this.#rowsOf(record, doubts));
    } catch (error) {
      this.#unreadable.add(paymentId);
      this.#needs.logNews('LEDGER_ROW_UNREADABLE', { ...addressOf(this.#address), paymentId, why: explain(error) });
    }
  }

  #rowsOf(record: PaymentRecord, doubts: readonly ReconciledRow[]): readonly LedgerRow[] {
    const rows = rowsOfRecord(record, this.#address);
    const known = new Set(rows.map(({ reference }) => reference));
    const unpaid = doubts.flatMap(({ reference, paidAt }) => {
      const at = instantSchema.safeParse(paidAt).data;
      if (reference === null || at === undefined || known.has(reference)) return [];
      known.add(reference);
      return rowsOfUnpaid(record, this.#address, reference, at);
    });
    return [...rows, ...unpaid];
  }
}

/** Equal wherever the same was compared. */
export function digestOf(rows: readonly LedgerRow[]): FileDigest {
  const digest = createHash('sha256');
  for (const row of rows) digest.update(`${JSON.stringify(row)}\n`);
  return fileDigestSchema.parse(digest.digest('hex'));
}
