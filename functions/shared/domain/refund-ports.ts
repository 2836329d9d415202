import type { PaymentId } from '#schemas/ids.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Refund } from './refund.ts';
import type { RefundableMoney } from './refundable-money.ts';

/** What refunds read and write. Each write is one transaction, and holds only for what was read. */
export interface RefundLedger {
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
  /**
   * A new refund and its reserve, on condition that its id is new, its ordinal the next, and that with it no more of the
   * money is reserved than was paid. Changed: read again, what stands in the way is in the record.
   */
  propose(refund: Refund, money: RefundableMoney): Promise<'written' | 'changed'>;
  /**
   * On condition that the refund is still as it was, and decided by another person than its maker. The reserve is
   * released, or what was paid back is added up, with the state that says so.
   */
  move(move: RefundMove): Promise<'written' | 'changed'>;
  /** Every refund that somebody still has to do something about, oldest first. An index read: a hint, no permission. */
  findOpen(): Promise<readonly Refund[]>;
}

export interface RefundMove {
  readonly before: Refund;
  readonly after: Refund;
  readonly money: RefundableMoney;
  /** Given where the move holds only while nothing else about the payment has moved, its other refunds included. */
  readonly paymentVersion?: number;
}

/** Carries refunds of a payment on as far as their gateways let them (follow-refunds.ts); never throws. */
export type RefundFollowing = (record: PaymentRecord, refundIds: readonly Refund['refundId'][]) => Promise<void>;
