import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { Acknowledgement } from '../acknowledgement.ts';
import type { ResultWords } from './messages.ts';

/**
 * Paid only when all four words say so (§5.3). A void, or a repayment, after money was taken never confirms an order.
 * What is neither a yes nor a no, and every word that SePay adds one day, stays open.
 */
export function resultOf({ notification_type: notification, order, transaction }: ResultWords): NoticeResult {
  if (notification === 'TRANSACTION_VOID' || transaction.transaction_type === 'REFUND') return 'voided';
  if (notification !== 'ORDER_PAID' || transaction.transaction_type !== 'PAYMENT') return 'pending';
  if (transaction.transaction_status === 'DECLINED') return 'failed';
  return transaction.transaction_status === 'APPROVED' && order.order_status === 'CAPTURED' ? 'paid' : 'pending';
}

/**
 * What an order's own state says where it shows no payment of money, in words of SePay's pages and of its package's
 * examples. Every other word leaves it open.
 */
export const orderStates: ReadonlyMap<string, NoticeResult> = new Map([
  ['CANCELLED', 'failed'],
  ['FAILED', 'failed'],
  ['VOIDED', 'voided'],
]);

/** For people and disputes: the words that decided, cut to what a notice holds. */
export function resultCodeOf({ notification_type: notification, order, transaction }: ResultWords): string {
  return `${notification}/${order.order_status}/${transaction.transaction_status}`.slice(0, 40);
}

/** Status of the answer to the IPN (§5.3). */
export const callbackAnswers: Readonly<Record<Acknowledgement, number>> = {
  recorded: 200,
  refused: 401,
  'call-again': 500,
};
