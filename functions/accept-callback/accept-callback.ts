import { businessDateOf } from '#shared/domain/calendar.ts';
import type { Evidence } from '#shared/domain/payment.ts';
import { orderViewOf } from '#shared/domain/settlement.ts';
import type { CallbackOutcome, CallbackReading } from '#shared/gateways/gateway.ts';
import type { CallbackRequest, HttpAnswer } from '#shared/gateways/http-messages.ts';
import { applyNotice, type VerifiedNews } from '#shared/processes/apply-notice.ts';
import { moneyOf, suspendedMoneyOf } from '#shared/processes/money-of-notice.ts';
import { addressOf, type CallbackRoute } from './callback-route.ts';
import { type ConfirmSumNeeds, confirmSum, needsConfirmation } from './confirm-sum.ts';
import { type FollowDoubtNeeds, followDoubt } from './follow-doubt.ts';

export interface AcceptCallbackNeeds extends ConfirmSumNeeds, FollowDoubtNeeds {
  readonly ledger: ConfirmSumNeeds['ledger'];
  /** Digest of the message, and the message itself or where it was put: what later proves the news. */
  readonly keepEvidence: (request: CallbackRequest) => Promise<Evidence>;
}

/**
 * Takes one callback: verify, decide, settle, answer. The answer says success only after the write that records
 * the money has returned; whatever goes wrong before that makes the gateway call again (DESIGN §3).
 */
export async function acceptCallback(
  route: CallbackRoute,
  request: CallbackRequest,
  needs: AcceptCallbackNeeds,
): Promise<HttpAnswer> {
  const { gateway, merchant, connection } = route;
  try {
    const outcome = await outcomeOf(route, request, needs);
    needs.logNews(outcome === 'paid' ? 'CALLBACK_SETTLED' : 'CALLBACK_ANSWERED', { gateway, merchant, outcome });
    return connection.answerCallback(outcome, request);
  } catch (error) {
    needs.logNews('CALLBACK_FAILED', { gateway, merchant }, error);
    return connection.answerCallback('unavailable', request);
  }
}

async function outcomeOf(
  route: CallbackRoute,
  request: CallbackRequest,
  needs: AcceptCallbackNeeds,
): Promise<CallbackOutcome> {
  const { gateway, merchant, connection } = route;
  const reading = connection.readCallback(request, needs.clock());
  switch (reading.kind) {
    case 'bad-signature':
    case 'expired': {
      // Nothing of a message that failed authentication is stored (gateway specification §0 rule 2).
      const doubt = await followDoubt(route, request, reading.claimedRef, needs);
      needs.logNews('CALLBACK_UNVERIFIED', { gateway, merchant, why: reading.why, doubt });
      return reading.kind === 'expired' ? 'expired' : 'bad_signature';
    }
    case 'malformed':
      return suspendUnreadable(route, request, reading, needs);
    case 'notice':
      return takeNotice(route, request, reading, needs);
  }
}

async function takeNotice(
  route: CallbackRoute,
  request: CallbackRequest,
  reading: Extract<CallbackReading, { kind: 'notice' }>,
  needs: AcceptCallbackNeeds,
): Promise<CallbackOutcome> {
  const { notice, foreignAccount } = reading;
  const evidence = await needs.keepEvidence(request);
  const money = moneyOf(notice, route.connection.identityOf(notice), evidence, needs.clock());
  const address = foreignAccount === undefined ? addressOf(notice.orderRef, route) : undefined;
  const outcome = address === undefined ? undefined : await takeNews({ address, notice, money }, route, needs);
  if (outcome !== undefined) return outcome;
  if (notice.result === 'ignored') return 'ignored';
  if (notice.result === 'paid' || notice.result === 'review') {
    const suspenseClass = foreignAccount === undefined ? 'unknown-order' : 'foreign-account';
    await needs.ledger.suspend(suspendedMoneyOf(money, suspenseClass, needs.clock()));
    needs.logNews('MONEY_KEPT', {
      gateway: route.gateway,
      merchant: route.merchant,
      moneyClass: suspenseClass,
      amountVnd: notice.amountVnd,
    });
  }
  return 'unknown_order';
}

/** Applies news as it is, or as the gateway confirms it; nothing when a sum to be confirmed names no attempt of ours. */
async function takeNews(
  news: VerifiedNews,
  { connection }: CallbackRoute,
  needs: AcceptCallbackNeeds,
): Promise<CallbackOutcome | undefined> {
  if (!needsConfirmation(news.notice, connection)) return applyNotice(news, needs);
  const payment = await needs.ledger.readPayment(news.address.paymentId);
  if (payment === undefined || orderViewOf(payment, news.address) === undefined) return undefined;
  return confirmSum(payment, news, connection, needs);
}

/** Authentic but unreadable: it may be about money, so it waits for a person with what could be read of it. */
async function suspendUnreadable(
  route: CallbackRoute,
  request: CallbackRequest,
  reading: Extract<CallbackReading, { kind: 'malformed' }>,
  needs: AcceptCallbackNeeds,
): Promise<CallbackOutcome> {
  const { gateway, merchant } = route;
  const now = needs.clock();
  const evidence = await needs.keepEvidence(request);
  const paidAt = reading.paidAt ?? now;
  const facts = {
    gateway,
    merchant,
    gatewayRef: reading.orderRef,
    transactionId: reading.transactionId,
    identity: `unreadable:${evidence.sha256}`,
    amountVnd: null,
    resultCode: 'unreadable',
    paidAt,
    businessDate: businessDateOf(paidAt),
    evidence,
  };
  await needs.ledger.suspend(suspendedMoneyOf(facts, 'unreadable', now));
  needs.logNews('CALLBACK_UNREADABLE', { gateway, merchant, why: reading.why });
  return 'malformed';
}
