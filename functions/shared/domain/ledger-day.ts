import type { BusinessDate, Instant, PaymentId } from '#schemas/ids.ts';
import type { Suspense } from './assignment.ts';
import type { KeptMoney, Money, Payment } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { LedgerState } from './reconciliation.ts';
import type { Refund } from './refund.ts';
import type { MerchantAccountName } from './statement.ts';

/** One line of the ledger as it is compared with a statement. */
export interface LedgerRow {
  /** Absent for money that names no payment of ours. */
  readonly paymentId?: PaymentId;
  readonly reference: string | null;
  readonly transactionId: string | null;
  readonly amountVnd: number;
  readonly state: LedgerState;
  readonly paidAt: Instant;
  readonly businessDate: BusinessDate;
  /** Series and numbers of its receipts; `null` as long as one that is due is missing, or nothing is known of them. */
  readonly receipt: string | null;
  /** Of a settled payment: whether the dossier system was told everything that it is owed. */
  readonly isConfirmed: boolean;
}

/** What the index of a day's money names: a hint, which accuses nobody. */
export type LedgerEntry =
  | { readonly kind: 'payment'; readonly payment: Payment }
  | { readonly kind: 'money'; readonly money: KeptMoney }
  | { readonly kind: 'refund'; readonly refund: Refund }
  | { readonly kind: 'suspense'; readonly money: Suspense }
  /** An item that breaks its schema: it must not hold up the others. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** The ledger's days, as reconciliation reads them. */
export interface LedgerDays {
  /** Everything that the index lists for the account and day, in pages. */
  readDay(account: MerchantAccountName, day: BusinessDate): AsyncIterable<readonly LedgerEntry[]>;
  /** Read consistently. */
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
  /** The same of money in suspense. */
  readSuspense(money: Pick<Money, 'gateway' | 'merchant' | 'identity'>): Promise<Suspense | undefined>;
}
