import type { Instant } from '#schemas/ids.ts';
import type { AmountVnd } from '#schemas/money.ts';
import type { RefundProgress, RefundReading } from './answer-readings.ts';
import type { GatewayRequest, HttpAnswer } from './http-messages.ts';

/** What a gateway must know to pay money back. */
export interface RefundOrder {
  /**
   * The exact text that names this refund at the gateway, made by `refundRefOf` and stored before the gateway is called.
   * Sent again it asks for the same refund, never for another one.
   */
  readonly refundRef: string;
  /** At most `paid.amountVnd`; less is a partial refund. */
  readonly amountVnd: AmountVnd;
  readonly paid: RefundedMoney;
  /**
   * The amounts of all other refunds of this money that the gateway was ever asked for, whatever became of them: where
   * a gateway names no refund in its answers, nothing else tells one from another.
   */
  readonly otherRefundsVnd: readonly AmountVnd[];
  /** Plain ASCII, at most 255 characters, e.g. `Hoan phi ho so H49.14-261122-0001`. */
  readonly description: string;
  /** Who approved it: a staff code of letters, digits, dot and hyphen. */
  readonly approvedBy: string;
  /** When the gateway was first asked: the same for every repetition. */
  readonly requestedAt: Instant;
}

/** The payment of money that is paid back, as the gateway knows it. */
export interface RefundedMoney {
  readonly gatewayRef: string;
  readonly transactionId: string | null;
  readonly amountVnd: AmountVnd;
  /** When the attempt was opened, which is the time that some gateways know the payment by. */
  readonly openedAt: Instant;
}

/** What a gateway must know to say what became of a refund. */
export interface RefundQuestion extends RefundOrder {
  /** Names this question, 32 characters at most; another one each time. */
  readonly requestId: string;
  readonly askedAt: Instant;
}

/** How money is paid back: by a request to the gateway, or not over its interface. */
export type RefundOpening =
  | RefundRequest
  /** Outside what the interface takes, so nothing may be sent: a manual transfer is ordered. */
  | { readonly kind: 'unsupported'; readonly why: string };

export interface RefundRequest {
  readonly kind: 'request';
  /** To be sent once at a time: whoever repeats it must know what became of it before. */
  readonly request: GatewayRequest;
  /** Reads the gateway's answer; never throws. Whatever does not prove itself is unknown, never a no. */
  readonly readAnswer: (answer: HttpAnswer) => RefundReading;
}

export interface RefundInquiry {
  /** Only asks, so it may be sent again. */
  readonly request: GatewayRequest;
  /** Reads the gateway's answer; never throws. Whatever does not prove itself is unknown, never a no. */
  readonly readAnswer: (answer: HttpAnswer) => RefundProgress;
}

/**
 * What a connection brings of a gateway that pays back over an interface. However often a refund is asked for under one
 * `refundRef`, it is paid once: each gateway says beside its `refundingOf` what that rests on. It always rests on this as
 * well: after a lost answer the gateway is asked first, and sent the same order again only when it knows of no refund.
 */
export interface Refunding {
  /**
   * The exact text that names a refund at this gateway, e.g. ZaloPay's `yymmdd_<appid>_<refundId>`.
   * @param refundId names the refund among all refunds and attempts of all payments: at most 26 small letters and digits
   */
  refundRefOf(refundId: string, requestedAt: Instant): string;
  requestRefund(order: RefundOrder): RefundOpening;
  askRefund(question: RefundQuestion): RefundInquiry;
}
