import type { Instant } from '#schemas/ids.ts';
import type { PlayedBook, PlayedOrder } from '#shared/gateways/player.ts';

/** What a gateway remembers that is played for a moment, without a bank and without a file. */
export function makeSampleBook(now: Instant, orders: readonly PlayedOrder[] = []): PlayedBook {
  const kept = new Map(orders.map((order) => [order.orderRef, order]));
  return {
    now: () => now,
    find: (orderRef) => kept.get(orderRef),
    all: () => [...kept.values()],
    open: async (order) => {
      if (!kept.has(order.orderRef)) kept.set(order.orderRef, order);
      return `https://gateway.invalid/orders/${encodeURIComponent(order.orderRef)}`;
    },
    refund: async (orderRef, refund) => {
      const order = kept.get(orderRef);
      if (order === undefined) throw new Error(`The book holds no order ${orderRef} that could be refunded.`);
      const known = order.refunds?.find(({ refundRef }) => refundRef === refund.refundRef);
      if (known !== undefined) return known;
      kept.set(orderRef, { ...order, refunds: [...(order.refunds ?? []), refund] });
      return refund;
    },
  };
}
