import type { PaymentId } from '#schemas/ids.ts';
import type { Assigned, AssignmentStep, MoneyAddress, Proposal, Suspense } from './assignment.ts';
import type { OpenMoney } from './open-money.ts';
import type { Attempt, KeptMoney, Settlement } from './payment.ts';
import type { PaymentRecord } from './payment-record.ts';

/** What waits for a person. */
export interface OpenMoneyList {
  /** Everything that is open, oldest first. An index read: a hint, no permission. */
  findOpen(): Promise<readonly OpenMoney[]>;
}

/** What the assignment of suspense reads and writes; each write holds only for what was read. */
export interface AssignmentLedger {
  /** Read consistently. */
  readSuspense(address: MoneyAddress): Promise<Suspense | undefined>;
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
  /** Open → proposed, on condition that nothing was done since `seen`. */
  propose(seen: Suspense, proposal: Proposal): Promise<'written' | 'changed'>;
  /** Proposed → open, on condition that the proposal still stands. */
  reject(seen: Suspense, rejection: AssignmentStep): Promise<'written' | 'changed'>;
  /**
   * Proposed → assigned, and the money at its payment, in one transaction: on condition that the proposal still stands,
   * was made by another person, and that the payment still takes the money in this way.
   */
  assign(approval: Approval): Promise<'written' | 'changed' | 'claim-held'>;
}

/** An approved proposal with everything that it writes. */
export interface Approval {
  readonly seen: Suspense;
  readonly assigned: Assigned;
  readonly step: AssignmentStep;
  readonly effect: AssignmentEffect;
}

export type AssignmentEffect =
  /** Open → paid by an attempt that is added for it; `reclaim` also claims the debts that the expiry released. */
  | {
      readonly act: 'settle' | 'reclaim';
      readonly claims: PaymentRecord['payment']['claims'];
      readonly attempt: Attempt;
      readonly settlement: Settlement;
    }
  | { readonly act: 'keep-money'; readonly money: KeptMoney };
