import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { readAttemptRef } from '#shared/domain/attempt-ref.ts';
import { businessDateOf } from '#shared/domain/calendar.ts';
import type { Evidence } from '#shared/domain/payment.ts';
import type { AttemptAddress } from '#shared/domain/ports.ts';
import type { CallbackOutcome, CallbackReading, GatewayConnection } from '#shared/gateways/gateway.ts';
import type { CallbackRequest, HttpAnswer } from '#shared/gateways/http-messages.ts';
import { type ApplyNoticeNeeds, applyNotice } from '#shared/processes/apply-notice.ts';
import { moneyOf, suspendedMoneyOf } from '#shared/processes/money-of-notice.ts';

export interface AcceptCallbackNeeds extends ApplyNoticeNeeds {
  /** Digest of the message, and the message itself or where it was put: what later proves the news. */
  readonly keepEvidence: (request: CallbackRequest) => Promise<Evidence>;
}

/** A gateway's connection to the merchant account that the callback's path names. */
export interface CallbackRoute {
  readonly gateway: string;
  readonly merchant: string;
  readonly connection: GatewayConnection;
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
    case 'expired':
      // Nothing of a message that failed authentication is stored (gateway specification §0 rule 2).
      needs.logNews('CALLBACK_UNVERIFIED', { gateway, merchant, why: reading.why });
      return reading.kind === 'expired' ? 'expired' : 'bad_signature';
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
  const address = foreignAccount === undefined ? addressOf(notice, route.connection) : undefined;
  if (address !== undefined) return applyNotice({ address, notice, money }, needs);
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

/** Where the attempt stands that a notice names, or nothing when its reference is none of our form. */
function addressOf(notice: PaymentNotice, connection: GatewayConnection): AttemptAddress | undefined {
  if (notice.orderRef === null) return undefined;
  const named = readAttemptRef(connection.attemptRefOf(notice.orderRef) ?? '');
  if (named === undefined) return undefined;
  return { ...named, gateway: notice.gateway, merchant: notice.merchant, gatewayRef: notice.orderRef };
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
