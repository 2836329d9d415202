import type { BusinessDate, TaxCode } from '#schemas/ids.ts';
import type { ReceiptContent, ReceiptKind, ReceiptLine, ReceiptState } from '#schemas/receipt.ts';
import type { Receipt } from './receipt.ts';

/** One fee line of a receipt, in the columns of the register (bảng kê biên lai). */
export interface RegisterRow {
  readonly content: ReceiptContent;
  readonly state: ReceiptState;
  readonly line: ReceiptLine;
}

export function registerRowsOf({ content, state }: Receipt): readonly RegisterRow[] {
  return content.lines.map((line) => ({ content, state, line }));
}

/** How many receipts, and how much money. */
export interface Tally {
  readonly receipts: number;
  readonly amountVnd: number;
}

/** One row of the summary: a day, a collecting body, a kind, a fee and its content code of the budget (NDKT). */
export interface RegisterGroup extends Tally {
  readonly date: BusinessDate;
  readonly taxCode: TaxCode;
  readonly collector: string;
  readonly kind: ReceiptKind;
  readonly feeCode: string;
  readonly feeName: string;
  readonly budgetCode: string | undefined;
}

export interface RegisterTotals {
  /** Receipts that stand, by day × collecting body × kind × fee × NDKT. */
  readonly groups: readonly RegisterGroup[];
  readonly standing: Tally;
  /** Replaced receipts keep their numbers and their rows, but their money is that of their replacements. */
  readonly replaced: Tally;
}

export interface TotalsInProgress {
  add(receipt: Receipt): void;
  conclude(): RegisterTotals;
}

const nothing: Tally = { receipts: 0, amountVnd: 0 };

/** Adds up receipts that pass by: what it keeps grows with days and fees, not with receipts. */
export function startRegisterTotals(): TotalsInProgress {
  const groups = new Map<string, RegisterGroup>();
  let standing = nothing;
  let replaced = nothing;
  return {
    add({ content, state }) {
      if (state === 'replaced') {
        replaced = plus(replaced, content.totalVnd);
        return;
      }
      standing = plus(standing, content.totalVnd);
      for (const [key, group] of groupsOf(content)) {
        const old = groups.get(key) ?? { ...group, ...nothing };
        groups.set(key, { ...old, receipts: old.receipts + 1, amountVnd: old.amountVnd + group.amountVnd });
      }
    },
    conclude() {
      const inOrder = [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
      return { groups: inOrder.map(([, group]) => group), standing, replaced };
    },
  };
}

const plus = ({ receipts, amountVnd }: Tally, more: number): Tally => ({
  receipts: receipts + 1,
  amountVnd: amountVnd + more,
});

/** The groups that one receipt belongs to, once each however many of its lines name the same fee. */
function groupsOf({ issuedOn: date, collector, kind, lines }: ReceiptContent): ReadonlyMap<string, RegisterGroup> {
  const groups = new Map<string, RegisterGroup>();
  for (const { feeCode, name: feeName, budgetCode, amountVnd } of lines) {
    const key = [date, collector.taxCode, kind, feeCode, budgetCode ?? '', feeName].join('\n');
    const same = groups.get(key)?.amountVnd ?? 0;
    const { taxCode, name } = collector;
    const group = { date, taxCode, collector: name, kind, feeCode, feeName, budgetCode, receipts: 1 };
    groups.set(key, { ...group, amountVnd: same + amountVnd });
  }
  return groups;
}
