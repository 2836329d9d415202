import { taxCodeSchema } from '#schemas/ids.ts';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { type Receipt, receiptSchema } from '#shared/domain/receipt.ts';
import type { ReceiptRegister } from '#shared/domain/receipt-register.ts';
import { type Series, seriesSchema } from '#shared/domain/series.ts';
import { aReceiptContent } from './receipt-content.ts';

/** The land registration office of config/dev. */
export const registryOffice = taxCodeSchema.parse('5709990011');

/** Series 26TAA of the land registration office, open, with so many numbers given out. */
export function aSeries(given: number, change: object = {}): Series {
  return seriesSchema.parse({
    taxCode: registryOffice,
    template: 'EBL01',
    series: '26TAA',
    year: 2026,
    nextNumber: given + 1,
    rangeEnd: 99_999_999,
    status: 'open',
    registration: 'accepted',
    ...change,
  });
}

interface ReceiptDraft {
  readonly change?: object;
  readonly content?: object;
  readonly lines?: readonly object[];
}

/** Number n of that series, of a payment of its own; signed, of 28 000 đồng, unless told otherwise. */
export function aRegistered(number: number, issuedOn = '2026-11-22', draft: ReceiptDraft = {}): Receipt {
  const paymentId = paymentIdFrom(number);
  return receiptSchema.parse({
    paymentId,
    chargeNumber: '01',
    taxCode: registryOffice,
    kind: 'le-phi',
    revision: 0,
    state: 'signed',
    content: aReceiptContent({ number, issuedOn, paymentId, ...draft.content }, draft.lines),
    numberedAt: `${issuedOn}T02:15:41.000Z`,
    ...draft.change,
  });
}

/** Numbers from–to, made on one day. */
export function aRun(from: number, to: number, issuedOn = '2026-11-22'): readonly Receipt[] {
  return Array.from({ length: to - from + 1 }, (_, index) => aRegistered(from + index, issuedOn));
}

/**
 * A register in memory, to see what an index may do that an engine on one computer never does: `late` numbers appear
 * only after so many reads.
 */
export function registerOf(
  receipts: readonly Receipt[],
  series: readonly Series[],
  late: Readonly<Record<number, number>> = {},
): ReceiptRegister & { readonly reads: () => number } {
  let reads = 0;
  const inOrder = receipts.toSorted((one, other) => one.content.number - other.content.number);
  const seen = () => inOrder.filter(({ content }) => (late[content.number] ?? 0) < reads);
  return {
    reads: () => reads,
    readSeries: (taxCode, template) =>
      Promise.resolve(series.filter((one) => one.taxCode === taxCode && one.template === template)),
    async *readPages({ series: name }, { from, to }) {
      reads += 1;
      const wanted = seen().filter(
        ({ content }) => content.series === name && content.number >= from && content.number <= to,
      );
      for (let first = 0; first < wanted.length; first += 100) {
        yield await Promise.resolve(wanted.slice(first, first + 100));
      }
    },
    findFrom: ({ series: name }, number) => {
      reads += 1;
      return Promise.resolve(seen().find(({ content }) => content.series === name && content.number >= number));
    },
  };
}
