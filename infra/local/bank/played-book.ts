import type { Instant } from '#schemas/ids.ts';
import type { PlayedBook, PlayedOrder } from '#shared/gateways/player.ts';
import { type BankBook, orderIdOf } from './bank-book.ts';
import type { BankOrder } from './bank-order.ts';
import type { PlayedAccount } from './played-account.ts';

/** Address of an order's page, from the site's root. */
export function orderPath(orderId: string): string {
  return `/bank/orders/${encodeURIComponent(orderId)}`;
}

/** The pages of the bank's book that belong to one merchant account. */
export function playedBookOf(
  { gateway, account: { merchant } }: PlayedAccount,
  { book, baseUrl, now }: { readonly book: BankBook; readonly baseUrl: string; readonly now: () => Instant },
): PlayedBook {
  const idOf = (orderRef: string) => orderIdOf({ gateway, merchant, orderRef });
  const find = (orderRef: string) => book.find(idOf(orderRef));
  return {
    now,
    find,
    all: () => book.all().filter((order) => order.gateway === gateway && order.merchant === merchant),
    open: async (order) => baseUrl + orderPath(await book.open(bankOrderOf(order, { gateway, merchant }))),
    refund: async (orderRef, refund) => {
      const { refunds = [] } = find(orderRef) ?? {};
      const known = refunds.find(({ refundRef }) => refundRef === refund.refundRef);
      if (known !== undefined) return known;
      await book.change(idOf(orderRef), { refunds: [...refunds, refund] });
      return refund;
    },
  };
}

/** A new order as the bank notes it. */
export function bankOrderOf(order: PlayedOrder, whose: Pick<BankOrder, 'gateway' | 'merchant'>): BankOrder {
  const { orderRef, amountVnd, description, returnUrl, callbackUrl, openedAt, expiresAt, echoed } = order;
  return {
    ...whose,
    orderRef,
    amountVnd,
    description,
    returnUrl,
    callbackUrl,
    openedAt,
    expiresAt,
    echoed: echoed === undefined ? undefined : { ...echoed },
    refunds: [],
    taken: [],
    calls: [],
  };
}
