import type { Charge } from './charge.ts';
import type { SentConfirmation } from './confirmation.ts';
import type { KeptMoney, Payment } from './payment.ts';
import type { Receipt } from './receipt.ts';

/** Everything that is kept under one payment's key, read consistently in one query. */
export interface PaymentRecord {
  readonly payment: Payment;
  /** In the order of their numbers. */
  readonly charges: readonly Charge[];
  readonly money: readonly KeptMoney[];
  readonly receipts: readonly Receipt[];
  readonly confirmations: readonly SentConfirmation[];
}
