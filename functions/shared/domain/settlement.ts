import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { Payment } from './payment.ts';
import type { AttemptAddress } from './ports.ts';
import { type AttemptOutcome, holdsClaims, outcomeTransitions, type PaymentState, stateAfter } from './states.ts';

/**
 * What we hold about the order that a notice names, reduced to what the decision needs. It is made from the
 * old item that DynamoDB returns with a failed condition, or from the context of a test vector. No order view
 * at all means: no such payment, or no attempt with this gateway, merchant and reference.
 */
export interface OrderView {
  readonly state: PaymentState;
  readonly amountVnd: number;
  readonly attemptOutcome: AttemptOutcome;
  /** `moneyKey` of the money that settled the payment, where it is settled. */
  readonly settledBy?: string;
  /** Result words already recorded for this attempt. */
  readonly recorded?: readonly string[];
}

/** Which other money a payment holds; each class has its own owner and way to end. */
export type MoneyClass = 'wrong-amount' | 'surplus' | 'after-cancel' | 'claim-held-elsewhere';

/**
 * What must be done about verified news.
 * - `settle`: the payment is open; one conditional write settles it.
 * - `reclaim`: the payment expired; its debts are claimed again and it settles in one transaction.
 * - `keep-money`: real money that does not settle this payment; it is kept beside it.
 * - `suspend`: money that names no payment of ours.
 * - `record-outcome`: the attempt's outcome changes, the payment does not.
 * - `record-news`: late or repeated news; written into the history, applied to nothing.
 * - `nothing`: already known, or nothing that concerns us.
 */
export type Decision =
  | { readonly act: 'settle'; readonly outcome: 'paid' }
  | { readonly act: 'reclaim'; readonly outcome: 'paid' }
  | { readonly act: 'keep-money'; readonly outcome: 'amount_mismatch' | 'duplicate'; readonly moneyClass: MoneyClass }
  | { readonly act: 'suspend'; readonly outcome: 'unknown_order' }
  | { readonly act: 'record-outcome'; readonly outcome: 'failed' | 'review' }
  | { readonly act: 'record-news'; readonly outcome: 'failed' | 'review' | 'pending' | 'voided' }
  | {
      readonly act: 'nothing';
      readonly outcome:
        | 'duplicate'
        | 'failed'
        | 'review'
        | 'pending'
        | 'unknown_order'
        | 'amount_mismatch'
        | 'ignored'
        | 'voided';
    };

/** What a stored payment says about an attempt; nothing when it has no attempt with this gateway, merchant and reference. */
export function orderViewOf(payment: Payment | undefined, address: AttemptAddress): OrderView | undefined {
  const attempt = payment?.attempts[address.attempt];
  if (payment === undefined || attempt === undefined) return undefined;
  const same =
    attempt.gateway === address.gateway &&
    attempt.merchant === address.merchant &&
    attempt.gatewayRef === address.gatewayRef;
  if (!same) return undefined;
  const { settlement } = payment;
  const prefix = `${address.attempt}.`;
  return {
    state: payment.state,
    amountVnd: payment.amountVnd,
    attemptOutcome: attempt.outcome,
    ...(settlement === undefined
      ? {}
      : { settledBy: moneyKey(settlement.gateway, settlement.merchant, settlement.identity) }),
    recorded: Object.keys(payment.history)
      .filter((entry) => entry.startsWith(prefix))
      .map((entry) => entry.slice(prefix.length)),
  };
}

/** Names one payment of money: equal keys mean the same money, whichever way the news came. */
export function moneyKey(gateway: string, merchant: string, identity: string): string {
  return `${gateway}#${merchant}#${identity}`;
}

/**
 * Decides what verified news about an order means, in the order of DESIGN §3: no item or another attempt, other
 * amount, the same money, expired, settled by other money or cancelled. The amount comes before "already
 * settled", since the other way round would hide tampering (gateway specification §0 rule 1).
 */
export function decide(notice: PaymentNotice, identity: string, order: OrderView | undefined): Decision {
  if (notice.result === 'ignored') return { act: 'nothing', outcome: 'ignored' };
  const tookMoney = notice.result === 'paid' || notice.result === 'review';
  if (order === undefined) {
    return tookMoney ? { act: 'suspend', outcome: 'unknown_order' } : { act: 'nothing', outcome: 'unknown_order' };
  }
  if (notice.amountVnd !== order.amountVnd) {
    return tookMoney
      ? { act: 'keep-money', outcome: 'amount_mismatch', moneyClass: 'wrong-amount' }
      : { act: 'nothing', outcome: 'amount_mismatch' };
  }
  if (notice.result === 'paid') return decideMoney(notice, identity, order);
  return decideNews(notice.result, order);
}

function decideMoney(notice: PaymentNotice, identity: string, order: OrderView): Decision {
  if (order.settledBy !== undefined) {
    return order.settledBy === moneyKey(notice.gateway, notice.merchant, identity)
      ? { act: 'nothing', outcome: 'duplicate' }
      : { act: 'keep-money', outcome: 'duplicate', moneyClass: 'surplus' };
  }
  if (stateAfter(order.state, 'settle') === undefined) {
    return { act: 'keep-money', outcome: 'duplicate', moneyClass: 'after-cancel' };
  }
  return holdsClaims(order.state) ? { act: 'settle', outcome: 'paid' } : { act: 'reclaim', outcome: 'paid' };
}

function decideNews(result: 'failed' | 'review' | 'pending' | 'voided', order: OrderView): Decision {
  const known = order.recorded?.includes(result) ?? false;
  if (result === 'failed' || result === 'review') {
    if (outcomeTransitions[result].includes(order.attemptOutcome)) return { act: 'record-outcome', outcome: result };
    return known || order.attemptOutcome === result
      ? { act: 'nothing', outcome: result }
      : { act: 'record-news', outcome: result };
  }
  return known ? { act: 'nothing', outcome: result } : { act: 'record-news', outcome: result };
}
