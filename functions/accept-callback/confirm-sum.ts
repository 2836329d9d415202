import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { AttemptAsking, HeardNews } from '#shared/domain/heard-news.ts';
import type { Payment } from '#shared/domain/payment.ts';
import { decide, orderViewOf } from '#shared/domain/settlement.ts';
import type { CallbackOutcome, GatewayConnection } from '#shared/gateways/gateway.ts';
import { type ApplyNoticeNeeds, applyNotice, type VerifiedNews } from '#shared/processes/apply-notice.ts';

export interface ConfirmSumNeeds extends ApplyNoticeNeeds {
  readonly askAttempt: AttemptAsking;
}

/** Whether a notice is about more money than its gateway's callbacks can prove. */
export function needsConfirmation(notice: PaymentNotice, { confirmAboveVnd }: GatewayConnection): boolean {
  return confirmAboveVnd !== undefined && notice.result === 'paid' && notice.amountVnd > confirmAboveVnd;
}

/**
 * Takes a notice of a sum that its gateway's callback cannot prove: only what the gateway says when it is asked counts.
 * Where it says nothing certain it is to call again, and the sweep asks anyhow. A gateway that cannot be asked leaves
 * the money in review: held and known to people, without a receipt.
 * @param payment as it was read, with the attempt that the notice names
 */
export async function confirmSum(
  payment: Payment,
  news: VerifiedNews,
  connection: GatewayConnection,
  needs: ConfirmSumNeeds,
): Promise<CallbackOutcome> {
  const { notice, money, address } = news;
  const decision = decide(notice, money.identity, orderViewOf(payment, address));
  // Told again: what is settled needs no second confirmation.
  if (decision.act === 'nothing') return decision.outcome;
  if (connection.askAttempt === undefined) {
    return applyNotice({ ...news, notice: { ...notice, result: 'review' } }, needs);
  }
  const heard = await needs.askAttempt(payment, address.attempt, notice);
  return concludeFrom(heard, news, needs);
}

function concludeFrom(
  heard: readonly HeardNews[],
  { money, address }: VerifiedNews,
  needs: ConfirmSumNeeds,
): CallbackOutcome {
  const { paymentId, attempt, gateway, merchant } = address;
  const said = heard.find(({ identity }) => identity === money.identity) ?? heard[0];
  // A gateway's own books may lag behind its callback.
  if (said === undefined || said.outcome === 'pending') {
    needs.logNews('CALLBACK_UNCONFIRMED', { paymentId, attempt, gateway, merchant });
    return 'unavailable';
  }
  const { outcome } = said;
  if (said.identity !== money.identity || outcome === 'failed' || outcome === 'voided') {
    needs.logNews('CALLBACK_CONTRADICTED', { paymentId, attempt, gateway, merchant, outcome });
  }
  return outcome;
}
