import type { Instant } from '#schemas/ids.ts';
import type { MerchantAccount } from './gateway.ts';
import type { CallbackRequest, HttpAnswer } from './http-messages.ts';

/**
 * The other side of a gateway's protocol: what the gateway itself does. Every folder brings one, as `player` in
 * `player.ts`, for the bank of the local stack, for the self-test of an account's secrets, and for tests. No function
 * loads it, and it uses the folder's own signers, which stand beside their verifiers.
 */
export interface GatewayPlayer {
  /** Random secrets of a made-up merchant account, under the names that the secret store uses. */
  makeSecret(): Readonly<Record<string, string>>;
  /** The only news that the gateway calls back with; all of them where this is left out. */
  readonly tells?: readonly PlayedNews['result'][];
  /** The callback that tells news of an order, as the gateway would send it. */
  signCallback(order: PlayedOrder, news: PlayedNews, account: MerchantAccount): CallbackRequest;
  /**
   * The address at which the payer's browser comes back with the news.
   * @returns nothing where the gateway sends no browser back (transfers)
   */
  returnAddress?(order: PlayedOrder, news: PlayedNews, account: MerchantAccount): string | undefined;
  /**
   * Reads the order out of what a browser brings to the gateway's page: a signed address or a posted form.
   * Left out where orders are made by a request of ours, or by a transfer.
   * @param now the gateway's clock: not every visit says when it was made
   */
  readVisit?(visit: PlayedRequest, account: MerchantAccount, now: Instant): VisitReading;
  /** Reads the order out of a transfer that a payer makes in a banking app; for gateways that watch a bank account. */
  readTransfer?(transfer: PlayedTransfer, account: MerchantAccount, now: Instant): VisitReading;
  /**
   * Answers a request of ours (create, query, refund, refund query) out of the book, and writes into it.
   * @returns nothing when the path is none of its interfaces
   */
  answer?(request: PlayedRequest, book: PlayedBook, account: MerchantAccount): Promise<HttpAnswer | undefined>;
}

/** A request as it reaches the played gateway; `path` is what follows `/bank/<gateway>/<merchant>`, with its slash. */
export interface PlayedRequest {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** An order at the played gateway. */
export interface PlayedOrder {
  /** Our reference of the attempt, as the gateway was given it. */
  readonly orderRef: string;
  readonly amountVnd: number;
  readonly description: string;
  readonly returnUrl?: string | undefined;
  /** Where the gateway calls back, when the order says so; else the address of the contract. */
  readonly callbackUrl?: string | undefined;
  readonly openedAt: Instant;
  readonly expiresAt?: Instant | undefined;
  /** Fields of the order that the gateway repeats in its messages, in its own names. */
  readonly echoed?: Readonly<Record<string, string>> | undefined;
  /** The last news that carried a genuine signature. */
  readonly lastNews?: PlayedNews | undefined;
  readonly refunds?: readonly PlayedRefund[] | undefined;
}

export interface PlayedNews {
  readonly result: 'paid' | 'failed' | 'cancelled';
  readonly amountVnd: number;
  /** The gateway's number of the money, digits only; absent when none was taken. */
  readonly transactionNo?: string | undefined;
  readonly at: Instant;
  /** When the gateway tells it, where that is later: callbacks come late and again, and some are signed anew. */
  readonly toldAt?: Instant | undefined;
}

/** A transfer as the payer types it. */
export interface PlayedTransfer {
  readonly accountNumber: string;
  readonly amountVnd: number;
  readonly content: string;
}

export interface PlayedRefund {
  readonly refundRef: string;
  readonly amountVnd: number;
  readonly result: 'refunded' | 'pending' | 'failed';
  readonly at: Instant;
}

/** What the played gateway remembers of one merchant account. */
export interface PlayedBook {
  now(): Instant;
  find(orderRef: string): PlayedOrder | undefined;
  /** Every order of the account: for requests that name a transaction instead of an order. */
  all(): readonly PlayedOrder[];
  /** Notes an order unless it is noted already, and gives the address of its page. */
  open(order: PlayedOrder): Promise<string>;
  /** Notes a refund once; the same `refundRef` again is found as it is. */
  refund(orderRef: string, refund: PlayedRefund): Promise<PlayedRefund>;
}

export type VisitReading =
  | { readonly ok: true; readonly order: PlayedOrder }
  /** Why the gateway would turn the payer away; for people. */
  | { readonly ok: false; readonly why: string };
