import type { Charge } from './charge.ts';
import type { SentConfirmation } from './confirmation.ts';
import type { KeptMoney, Payment } from './payment.ts';
import type { Receipt } from './receipt.ts';
import type { Refund } from './refund.ts';

/** Everything that is kept under one payment's key, read consistently in one query. */
export interface PaymentRecord {
  readonly payment: Payment;
  /** In the order of their numbers. */
  readonly charges: readonly Charge[];
  readonly money: readonly KeptMoney[];
  readonly receipts: readonly Receipt[];
  /** In the order in which they were asked for. */
  readonly refunds: readonly Refund[];
  readonly confirmations: readonly SentConfirmation[];
}
