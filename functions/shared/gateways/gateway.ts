import type { GatewayName, Instant, MerchantName } from '#schemas/ids.ts';
import type { AmountVnd } from '#schemas/money.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { BankTransfer, PaymentForm } from '#schemas/payment-step.ts';
import type { Charge } from '#shared/domain/charge.ts';
import type { QueryReading } from './answer-readings.ts';
import type { CallbackRequest, GatewayRequest, HttpAnswer } from './http-messages.ts';
import type { Refunding } from './refund-port.ts';

/**
 * The port behind which every payment gateway lives. A gateway is one folder with one object of this type
 * and one line in `registry.ts`; nothing else in the product knows its protocol.
 *
 * Everything here is pure: bytes and a clock reading in, a decision or a request out. Who sends the
 * requests, and what becomes of the answers, is decided elsewhere.
 */
export interface Gateway {
  /** As it stands in `/callbacks/{gateway}/{merchant}` and in the table's keys. */
  readonly name: GatewayName;
  /** For people, Vietnamese. */
  readonly label: string;
  /**
   * Binds the gateway to one merchant account.
   * @throws ConfigurationError naming every missing or wrong setting and secret (never its value).
   */
  connect(account: MerchantAccount): GatewayConnection;
  /**
   * Wire-level builders of requests, fed with raw fields and tested by the outbound vectors. `create` of a
   * redirect gateway gives an address to send the browser to.
   */
  readonly wire: Readonly<Record<string, WireBuilder>>;
}

/** One merchant account at a gateway, from configuration and the secret store. */
export interface MerchantAccount {
  readonly merchant: MerchantName;
  /** Addresses, codes and switches that are no secret; parsed by the gateway's own schema. */
  readonly settings: unknown;
  /** The live secrets: the first signs, each of them verifies (two during a rotation). */
  readonly secrets: readonly unknown[];
}

/** A gateway bound to one merchant account. */
export interface GatewayConnection {
  /**
   * Authenticates a callback over the received bytes and reads it. Never throws, whatever the bytes are.
   * @param now the receiver's clock, for gateways whose signature has a time window
   */
  readCallback(request: CallbackRequest, now: Instant): CallbackReading;
  /**
   * The answer in the gateway's own words. A success word is used only after the write that records the money
   * has returned: `unavailable` asks the gateway to call again.
   * @param request the callback that is answered, for gateways that want fields of it echoed
   */
  answerCallback(outcome: CallbackOutcome, request: CallbackRequest): HttpAnswer;
  /** First step of a payment attempt: an address for the browser, or a request that we must send. */
  openAttempt(order: AttemptOrder): AttemptOpening;
  /** Asks what became of an attempt; a gateway that cannot be asked leaves it out. */
  readonly askAttempt?: (question: AttemptQuestion) => AttemptInquiry;
  /** Pays money back; a gateway without such an interface leaves it out, and a manual transfer is ordered. */
  readonly refunding?: Refunding;
  /**
   * A notice of more than this counts as paid only when a query of ours says the same: for gateways whose callbacks
   * prove little (specification §4, §5.3). Absent where the signature covers the content.
   */
  readonly confirmAboveVnd?: AmountVnd;
  /** The exact text that names an attempt at this gateway, e.g. ZaloPay's `yymmdd_<ref>`. */
  gatewayRefOf(attemptRef: string, openedAt: Instant): string;
  /** The attempt reference inside a gateway's order reference, or `undefined` when it is none of our form. */
  attemptRefOf(orderRef: string): string | undefined;
  /** What makes this payment of money the same money in callback, query and statement. */
  identityOf(notice: PaymentNotice): string;
}

/** What a callback turned out to be. Only `notice` and `malformed` passed authentication. */
export type CallbackReading =
  | {
      readonly kind: 'notice';
      readonly notice: PaymentNotice;
      /** The terminal or partner code of the message when it is not the account's own. */
      readonly foreignAccount?: string;
    }
  | {
      /** Authentic, but not to be interpreted safely; the facts that could be read are kept for a person. */
      readonly kind: 'malformed';
      readonly orderRef: string | null;
      readonly transactionId: string | null;
      readonly paidAt: Instant | null;
      /** Names the field and the fault; safe to log. */
      readonly why: string;
    }
  | ({ readonly kind: 'bad-signature' } & Unproven)
  | ({ readonly kind: 'expired' } & Unproven);

interface Unproven {
  readonly why: string;
  /**
   * The order reference that the message gives, at most 100 characters. Nothing proves it: it says about whom the
   * gateway may be asked, and is fit for nothing else. Absent where it cannot be read, or nobody can be asked.
   */
  readonly claimedRef?: string;
}

/** How a callback ended, in the words of the vectors, plus `unavailable`: our fault, please call again. */
export type CallbackOutcome =
  | 'paid'
  | 'duplicate'
  | 'failed'
  | 'pending'
  | 'review'
  | 'amount_mismatch'
  | 'unknown_order'
  | 'ignored'
  | 'voided'
  | 'malformed'
  | 'expired'
  | 'bad_signature'
  | 'unavailable';

/** What a gateway must know to open an attempt. */
export interface AttemptOrder {
  /** The reference given to the gateway, stored with the attempt before the gateway is called. */
  readonly gatewayRef: string;
  /** Idempotency key of the request, where the gateway has one. */
  readonly requestId: string;
  readonly amountVnd: AmountVnd;
  /** Plain ASCII, at most 255 characters, e.g. `Nop phi ho so H49.14-261122-0001`. */
  readonly description: string;
  /**
   * What is paid for, with the payer's name and address: only for gateways that must be told, such as the national
   * portal, which prints a voucher of its own.
   */
  readonly charges: readonly Charge[];
  readonly clientIp: string;
  readonly locale: 'vi' | 'en';
  /** Where the browser comes back to. */
  readonly returnUrl: string;
  /** Where the gateway calls us back. */
  readonly callbackUrl: string;
  readonly openedAt: Instant;
  /** The gateway must not take money for this attempt later than this. */
  readonly expiresAt: Instant;
}

export type AttemptOpening =
  | OpenedAttempt
  | {
      readonly kind: 'request';
      readonly request: GatewayRequest;
      /** Reads the gateway's answer; never throws. */
      readonly readAnswer: (answer: HttpAnswer) => OpeningAnswer;
    };

/** How the citizen goes on. */
export type OpenedAttempt = (
  | { readonly kind: 'redirect'; readonly url: string }
  /** The browser posts a form to the gateway's page. */
  | { readonly kind: 'form'; readonly form: PaymentForm }
  /** The citizen transfers money in a banking app; the transfer's content names the attempt. */
  | { readonly kind: 'transfer'; readonly transfer: BankTransfer }
) & {
  /** What looked wrong without being a reason to refuse; safe to log, for people to hear of. */
  readonly alert?: string;
};

export type OpeningAnswer =
  | OpenedAttempt
  /** The gateway said no, in its own code: another attempt may be made. */
  | { readonly kind: 'refused'; readonly resultCode: string; readonly why: string }
  /** No certain answer: the attempt stays open and is asked again with the same request id. */
  | { readonly kind: 'unknown'; readonly why: string };

/** What a gateway must know to say what became of an attempt. */
export interface AttemptQuestion extends Pick<AttemptOrder, 'gatewayRef' | 'amountVnd' | 'openedAt'> {
  /** Names this question, 32 characters at most; another one each time. */
  readonly requestId: string;
  readonly askedAt: Instant;
}

export interface AttemptInquiry {
  /** Only asks, so it may be sent again. */
  readonly request: GatewayRequest;
  /** Reads the gateway's answer; never throws. Whatever does not prove itself is unknown, never a no. */
  readonly readAnswer: (answer: HttpAnswer) => QueryReading;
}

/** Builds one signed wire request from the gateway's own field names. */
export type WireBuilder = (fields: Readonly<Record<string, unknown>>, secrets: unknown) => WireRequest;

/** A signed request before it is sent: the text that was signed is kept for comparison with vectors. */
export interface WireRequest {
  readonly signedText: string;
  readonly signature: string;
  readonly url?: string;
  readonly method?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Gateways bound to their merchant accounts, with the secrets that are live now. */
export interface GatewayConnections {
  /** Nothing when we speak to no such gateway, or have no such account there. */
  connect(gateway: string, merchant: string): Promise<GatewayConnection | undefined>;
}

/**
 * Sends one request to a gateway and returns its answer, whatever its status.
 * @throws GatewaySilent when no complete answer came in time: unknown, not failed
 */
export type SendToGateway = (request: GatewayRequest) => Promise<HttpAnswer>;
