import type { PaymentNotice } from '#schemas/payment-notice.ts';

/**
 * The identity of money at gateways that number their transactions. Where a message has no number, our order
 * reference stands in, marked so that it never meets a transaction number: each attempt has its own reference.
 */
export function transactionIdentityOf(notice: PaymentNotice): string {
  return notice.transactionId ?? `ref:${notice.orderRef ?? ''}`;
}
