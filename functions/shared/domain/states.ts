import type { NoticeResult } from '#schemas/payment-notice.ts';

/** States of a payment. `paid`, `cancelled` and `waived` are final; `expired` still yields to real money. */
export const paymentStates = ['open', 'paid', 'expired', 'cancelled', 'waived'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** What can happen to a payment. `settle` is verified money of the right amount for a known attempt. */
export const paymentEvents = ['settle', 'expire', 'cancel', 'waive'] as const;
export type PaymentEvent = (typeof paymentEvents)[number];

/**
 * The transition table: the one place that says how a payment moves. The conditions of the ledger's writes
 * are derived from it, `docs/payment-states.md` is drawn from it, and what it does not list is refused.
 * Nothing leads back to `open`: progress never goes back (DESIGN §4.5).
 */
export const transitions: Readonly<Record<PaymentState, Readonly<Partial<Record<PaymentEvent, PaymentState>>>>> = {
  open: { settle: 'paid', expire: 'expired', cancel: 'cancelled', waive: 'waived' },
  // Success after expiry is money: it settles, provided that its debts can be claimed again.
  expired: { settle: 'paid' },
  // Money for a paid, cancelled or waived payment is kept beside it with an owner, and moves nothing.
  paid: {},
  cancelled: {},
  waived: {},
};

/** The state after `event`, or `undefined` when the table refuses it. */
export function stateAfter(state: PaymentState, event: PaymentEvent): PaymentState | undefined {
  return transitions[state][event];
}

/** States in which a payment holds the claims on its debts; expiry and cancelling release them. */
export function holdsClaims(state: PaymentState): boolean {
  return state === 'open' || state === 'paid';
}

/** The states from which `event` leads to a new one, in the table's order. */
export function statesBefore(event: PaymentEvent): readonly PaymentState[] {
  return paymentStates.filter((state) => transitions[state][event] !== undefined);
}

/** Outcomes of an attempt. `review`: the money was taken but the gateway doubts it. */
export const attemptOutcomes = ['started', 'failed', 'review', 'succeeded'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Outcomes after which the gateway still owes a definite answer. */
export const unansweredOutcomes: readonly AttemptOutcome[] = ['started', 'review'];

/**
 * Which outcomes a piece of news may replace. Ranks only grow: a failure never replaces a review or a success,
 * and a success needs no particular outcome before it.
 */
export const outcomeTransitions: Readonly<Record<'failed' | 'review' | 'succeeded', readonly AttemptOutcome[]>> = {
  failed: ['started'],
  review: ['started', 'failed'],
  succeeded: ['started', 'failed', 'review', 'succeeded'],
};

/** News that may change an attempt's outcome without settling the payment. */
export type OutcomeNews = Extract<NoticeResult, 'failed' | 'review'>;
