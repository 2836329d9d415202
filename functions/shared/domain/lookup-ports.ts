import type { LookupCode } from '#schemas/ids.ts';
import type { PaymentRecord } from './payment-record.ts';
import type { Receipt } from './receipt.ts';

/** A receipt with all of its payment: whether it was replaced or refunded stands beside it. */
export interface FoundReceipt {
  readonly receipt: Receipt;
  readonly record: PaymentRecord;
}

/** The receipt register as the public asks it. */
export interface LookupRegister {
  /** Read consistently; nothing when no receipt bears the code. */
  findByLookupCode(code: LookupCode): Promise<FoundReceipt | undefined>;
}
