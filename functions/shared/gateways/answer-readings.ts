import type { PaymentNotice } from '#schemas/payment-notice.ts';

/** What a gateway answered when it was asked about an attempt. */
export type QueryReading =
  | {
      readonly kind: 'notice';
      readonly notice: PaymentNotice;
      /** Where an order can be paid several times (payOS): the other payments of money, each news of its own. */
      readonly more?: readonly PaymentNotice[];
    }
  /** The gateway is certain that it knows no such order. */
  | { readonly kind: 'not-found'; readonly resultCode: string }
  /** No certain answer: ask again. Never to be taken for a failure (DESIGN §4.7). */
  | { readonly kind: 'unknown'; readonly why: string };

/** What a gateway answered when it was asked to refund. */
export type RefundReading =
  /** Taken on; whether the money is back is the query's to say. */
  | {
      readonly kind: 'accepted';
      readonly resultCode: string;
      /** The gateway's number of the refund, where it names one. */
      readonly transactionId: string | null;
    }
  /** Not taken on, and for a reason that will not pass. It speaks of this request, not of an earlier one like it. */
  | { readonly kind: 'refused'; readonly resultCode: string; readonly why: string }
  /** No certain answer: repeat with the same request id, or query. */
  | { readonly kind: 'unknown'; readonly why: string };

/** What a gateway answered when it was asked about a refund. */
export type RefundProgress =
  | {
      /** `not-found`: the gateway is certain that it was never asked for this refund, or never took it on. */
      readonly kind: 'refunded' | 'pending' | 'failed' | 'not-found';
      readonly resultCode: string;
    }
  /** No certain answer: ask again, and keep the reserve. */
  | { readonly kind: 'unknown'; readonly why: string };
