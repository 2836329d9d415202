import type { AttemptNumber } from '#schemas/ids.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { Payment } from './payment.ts';
import type { Decision } from './settlement.ts';

/** A gateway's certain word about an attempt, given when it was asked, and what it came to in the ledger. */
export interface HeardNews {
  /** Of the money, as the gateway's `identityOf` says. */
  readonly identity: string;
  readonly outcome: Decision['outcome'];
}

/**
 * Asks a gateway about one attempt and records what it says (ask-gateway.ts); never throws.
 * @param told the callback that made us ask: its time of payment stands in where the answer about the same money has none
 * @returns nothing where the gateway was silent or gave no certain answer
 */
export type AttemptAsking = (
  payment: Payment,
  attempt: AttemptNumber,
  told?: PaymentNotice,
) => Promise<readonly HeardNews[]>;
