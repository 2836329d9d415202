import type { DossierConfirmation } from '#schemas/dossier-confirmation.ts';
import type { AttemptNumber, Instant, PaymentId } from '#schemas/ids.ts';
import type { Charge } from './charge.ts';
import type { SentConfirmation } from './confirmation.ts';
import type { Attempt, KeptMoney, NextStep, Payment, Settlement, SuspendedMoney } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Receipt, ReceiptName, SignedDocuments } from './receipt.ts';
import type { Series } from './series.ts';
import type { OutcomeNews } from './states.ts';

/** The clock is a need, so that tests can stop it. */
export type Clock = () => Instant;

/** Where an attempt stands in the ledger, with everything that the condition of a write compares. */
export interface AttemptAddress {
  readonly paymentId: PaymentId;
  readonly attempt: AttemptNumber;
  readonly gateway: string;
  readonly merchant: string;
  readonly gatewayRef: string;
}

/** The answer of a conditional write: a failed condition is an answer, and the old item says why. */
export type ConditionalAnswer =
  | { readonly kind: 'written' }
  | { readonly kind: 'refused'; readonly old: Payment | undefined };

/** Settling and all other money: what accept-callback and the chase write. Each method is one request. */
export interface SettlementLedger {
  /** Open → paid, on condition that state, amount and attempt agree and nothing settled it yet. */
  settle(address: AttemptAddress, settlement: Settlement): Promise<ConditionalAnswer>;
  /** Expired → paid in one transaction that claims the debts again. */
  reclaimAndSettle(
    payment: Payment,
    settlement: Settlement,
  ): Promise<{ readonly kind: 'written' } | { readonly kind: 'changed' } | { readonly kind: 'claim-held' }>;
  /** The attempt failed, or its money is under review: changes the attempt, never the payment's state. */
  recordOutcome(
    address: AttemptAddress,
    news: AttemptNews & { readonly result: OutcomeNews },
  ): Promise<ConditionalAnswer>;
  /** Writes late, repeated or unfinished news into the history, applied to nothing. */
  recordNews(address: AttemptAddress, news: AttemptNews): Promise<ConditionalAnswer>;
  /** Keeps other money beside its payment; the same money again changes nothing. */
  keepMoney(money: KeptMoney): Promise<void>;
  /** Keeps money that names no payment of ours; the same money again changes nothing. */
  suspend(money: SuspendedMoney): Promise<void>;
  /** Read consistently; for the rare second look after a transaction lost its race. */
  readPayment(paymentId: PaymentId): Promise<Payment | undefined>;
}

export interface AttemptNews {
  readonly result: 'failed' | 'review' | 'pending' | 'voided';
  readonly amountVnd: number;
  readonly resultCode: string;
  readonly at: Instant;
  /** The doubtful money of a review. */
  readonly held?: Attempt['held'];
}

/** Keeps a verified message that is too long for its item; returns the key under which it lies. */
export interface EvidenceStore {
  keep(sha256: string, raw: Uint8Array): Promise<string>;
}

/** Making payments and opening attempts: what start-payment writes. */
export interface PaymentLedger {
  /** Payment, charges, claims and the caller's reference in one transaction, each on condition that it is new. */
  create(payment: Payment, charges: readonly Charge[], bodyDigest: string): Promise<CreationAnswer>;
  /** The payment that a caller's reference was used for, with the digest of that request's body. */
  findByReference(
    client: string,
    reference: string,
  ): Promise<{ readonly paymentId: PaymentId; readonly bodyDigest: string } | undefined>;
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
  /** Adds an attempt on condition that the payment is open and unchanged since `payment` was read. */
  addAttempt(payment: Payment, number: AttemptNumber, attempt: Attempt): Promise<ConditionalAnswer>;
  /** Stores how the citizen goes on, as the gateway gave it. */
  recordNextStep(address: AttemptAddress, nextStep: NextStep): Promise<ConditionalAnswer>;
  /** Takes the right to ask the payment's gateways, unless somebody asked after `before`. Its version stays. */
  claimCheck(paymentId: PaymentId, at: Instant, before: Instant): Promise<ConditionalAnswer>;
  /** The gateway refused to open the attempt. */
  recordRefusal(address: AttemptAddress, resultCode: string, at: Instant): Promise<ConditionalAnswer>;
}

export type CreationAnswer =
  | { readonly kind: 'created' }
  | { readonly kind: 'reference-used'; readonly paymentId: PaymentId; readonly bodyDigest: string }
  | {
      readonly kind: 'debt-claimed';
      readonly dossierCode: string;
      readonly debtId: string;
      readonly paymentId: PaymentId;
    }
  /** The random id is taken: draw another. */
  | { readonly kind: 'id-taken' };

/** Numbers and receipts: what issue-receipt writes. */
export interface ReceiptLedger {
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
  /** Every series of a collecting organisation and template, read consistently. */
  readSeries(taxCode: string, template: string): Promise<readonly Series[]>;
  /** Adds a series on condition that it is new and that no receipt of it exists. */
  openSeries(series: Series): Promise<'opened' | 'exists' | 'receipts-exist'>;
  /**
   * Takes numbers and writes their receipts in one transaction: the series moves from `series.nextNumber` by the
   * number of receipts (at most 99) on condition that it has not moved, is open and its last date is not later.
   */
  number(series: Series, receipts: readonly Receipt[]): Promise<NumberingAnswer>;
  /**
   * Awaiting signature → signed, with both documents, in one write, on condition that the receipt bears the signing time
   * that was read; the same documents again change nothing.
   */
  recordSigned(receipt: Receipt, documents: SignedDocuments, at: Instant): Promise<void>;
  /** Freezes another signing time, on condition that the receipt is not signed and bears the one that was read. */
  moveSigningTime(receipt: Receipt, to: Instant): Promise<'moved' | 'changed'>;
  /**
   * A fault that repeating will not mend; the receipt keeps its number and waits for a person. `changed`: it was signed
   * or given another signing time since it was read, so the fault may be none.
   */
  recordFault(receipt: Receipt, why: string, at: Instant): Promise<'recorded' | 'changed'>;
}

export type NumberingAnswer =
  | { readonly kind: 'numbered' }
  /** Some receipts exist already: leave them out and try again. */
  | { readonly kind: 'some-exist'; readonly existing: readonly ReceiptName[] }
  /** The series moved or was closed meanwhile: read it again. */
  | { readonly kind: 'series-moved' };

/** What lies in the archive under a key. */
export interface ArchivedBytes {
  readonly bytes: Uint8Array;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Write-once store of receipt documents. */
export interface ReceiptArchive {
  /** Nothing when the key is free. */
  read(key: string): Promise<ArchivedBytes | undefined>;
  /**
   * Stores the document on condition that the key is free. Where it is taken, the stored bytes decide: the same are
   * adopted; others are a `conflict`, and the caller must tell whether they are the receipt's all the same.
   * @returns what lies there now
   */
  store(
    key: string,
    bytes: Uint8Array,
    contentType: string,
  ): Promise<ArchivedBytes & { readonly kind: 'stored' | 'adopted' | 'conflict' }>;
}

/** Addresses that open an archived document for a few minutes. */
export interface DocumentLinks {
  linkTo(key: string): Promise<string>;
}

/** What confirm-dossier reads and writes. */
export interface ConfirmationLedger {
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
  /** On condition that it is new; the same confirmation again changes nothing. */
  recordSent(confirmation: SentConfirmation): Promise<void>;
}

/** The queue towards the dossier system. */
export interface ConfirmationQueue {
  /**
   * Sends events in batches of ten, group = dossier code, deduplication id = event id.
   * At most one event of a group per batch, and nothing more of a group after one of its events failed.
   * @returns the ids that were accepted, and those that were not with the queue's reason
   */
  send(events: readonly DossierConfirmation[]): Promise<SendingAnswer>;
}

export interface SendingAnswer {
  readonly sent: readonly string[];
  readonly failed: readonly { readonly eventId: string; readonly why: string }[];
}

/** A payment that the sweep must look at. */
export interface DuePayment {
  readonly paymentId: PaymentId;
  readonly dueAt: Instant;
}

/** What the sweep reads and writes. */
export interface DueLedger {
  /** Payments with `dueAt` not after `now`, oldest first, from all shards. An index read: a hint, no permission. */
  findDue(now: Instant, limit: number): Promise<readonly DuePayment[]>;
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
  /**
   * Clears or moves `dueAt` on condition that the payment is unchanged since it was read. When to look is no fact
   * about a payment, so its version stays.
   */
  reschedule(payment: Payment, dueAt: Instant | undefined): Promise<'written' | 'changed'>;
  /** Moves `dueAt` of a payment that could not be worked on or even read, unless something else moved it. */
  postpone(due: DuePayment, dueAt: Instant): Promise<'written' | 'changed'>;
  /** Open → expired and claims released in one transaction, on condition that nothing changed. */
  expire(payment: Payment, at: Instant): Promise<'expired' | 'changed'>;
}

/**
 * How far a process came with one payment.
 * - `done`: it owes nothing more of this kind.
 * - `later`: something passing stood in the way; it is safe, and needed, to ask for the same again.
 * - `fault`: asking again at once will not mend it; it is logged and waits for a person, or for a mended registry.
 */
export type ProcessAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'fault'; readonly why: string };

/** Works on each payment by itself: one that fails is answered `later` and holds up no other. */
export type PaymentProcess = (paymentIds: readonly PaymentId[]) => Promise<ReadonlyMap<PaymentId, ProcessAnswer>>;

/** Numbers, signs and archives the receipts that the payments still lack (issue-receipts.ts). */
export type ReceiptIssuing = PaymentProcess;

/** Sends the confirmations that the payments still owe (send-confirmations.ts). */
export type ConfirmationSending = PaymentProcess;

/** Asks gateways about attempts of a payment and records what they say (ask-gateway.ts); never throws. */
export type GatewayAsking = (payment: Payment, attempts: readonly AttemptNumber[]) => Promise<void>;

/** The secret store. */
export interface SecretStore {
  /** The live secrets of a merchant account, the signing one first; nothing when the account has none. */
  readMerchantSecrets(gateway: string, merchant: string): Promise<readonly unknown[] | undefined>;
}
