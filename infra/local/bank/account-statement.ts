import type { BusinessDate, Instant } from '#schemas/ids.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { PlayedNews } from '#shared/gateways/player.ts';
import type { BankBook } from './bank-book.ts';
import type { BankOrder } from './bank-order.ts';
import type { PlayedAccount } from './played-account.ts';

/** A line of an account's statement. */
export interface StatementEntry {
  readonly reference: string;
  readonly transactionId: string;
  readonly at: Instant;
  readonly amountVnd: number;
  readonly kind: 'payment' | 'refund';
  readonly status: 'success' | 'failed' | 'pending';
  readonly bankCode: string;
}

/** What the bank did for an account on a day, whether or not it told anybody, oldest first. */
export function entriesOf(book: BankBook, played: PlayedAccount, day: BusinessDate): readonly StatementEntry[] {
  return book
    .all()
    .filter((order) => order.gateway === played.gateway && order.merchant === played.account.merchant)
    .flatMap((order) => [...paymentsOf(order, played), ...refundsOf(order, played)])
    .filter(({ at }) => businessDateOf(at) === day)
    .toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

function paymentsOf(order: BankOrder, played: PlayedAccount): readonly StatementEntry[] {
  return order.taken.map((news) => {
    const { amountVnd, at } = news;
    return { ...namesOf(order, news, played), at, amountVnd, kind: 'payment', status: 'success' };
  });
}

function refundsOf(order: BankOrder, played: PlayedAccount): readonly StatementEntry[] {
  const { reference } =
    order.lastNews === undefined ? { reference: order.orderRef } : namesOf(order, order.lastNews, played);
  return order.refunds
    .filter(({ result }) => result === 'refunded')
    .map(({ refundRef, amountVnd, at }) => {
      return { reference, transactionId: refundRef, at, amountVnd, kind: 'refund', status: 'success', bankCode: '' };
    });
}

/** In a statement stand the same names as in a callback: so they are read out of one. */
function namesOf(
  order: BankOrder,
  news: PlayedNews,
  { player, account, connection }: PlayedAccount,
): Pick<StatementEntry, 'reference' | 'transactionId' | 'bankCode'> {
  const reading = connection.readCallback(player.signCallback(order, news, account), news.toldAt ?? news.at);
  if (reading.kind !== 'notice') throw new Error(`the bank cannot read its own callback: ${reading.kind}`);
  const { orderRef, transactionId, bankCode } = reading.notice;
  return { reference: orderRef ?? order.orderRef, transactionId: transactionId ?? '', bankCode: bankCode ?? '' };
}
