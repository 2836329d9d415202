import type { LookupCode } from '#schemas/ids.ts';
import type { Payment } from './payment.ts';
import type { Receipt } from './receipt.ts';

/** A receipt with what stands beside it: whether it was replaced or refunded. */
export interface FoundReceipt {
  readonly receipt: Receipt;
  /** Every receipt of its payment, itself among them. */
  readonly siblings: readonly Receipt[];
  /**
   * Nothing when the ledger has lost it: a restore rebuilds receipts from the archive, which holds no payments. The
   * receipt is what it was, and only what became of the money is not known.
   */
  readonly payment: Payment | undefined;
}

/** The receipt register as the public asks it. */
export interface LookupRegister {
  /** Read consistently; nothing when no receipt bears the code. */
  findByLookupCode(code: LookupCode): Promise<FoundReceipt | undefined>;
}
