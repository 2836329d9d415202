import { ConfigurationError } from '#shared/domain/failures.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { Clock } from '#shared/domain/ports.ts';
import { type Refund, refundNumberOf } from '#shared/domain/refund.ts';
import type { RefundLedger } from '#shared/domain/refund-ports.ts';
import { accept, complete, fail, maySendAgain, order, orderTransfer, sendAgain } from '#shared/domain/refund-steps.ts';
import { attemptOf, moneyOfRefund, type RefundableMoney } from '#shared/domain/refundable-money.ts';
import type { RefundProgress } from '#shared/gateways/answer-readings.ts';
import type { GatewayConnections, SendToGateway } from '#shared/gateways/gateway.ts';
import type { Refunding, RefundOrder, RefundRequest } from '#shared/gateways/refund-port.ts';
import { explain } from './answer-to-error.ts';

export interface FollowNeeds {
  readonly ledger: Pick<RefundLedger, 'move'>;
  readonly connections: GatewayConnections;
  /** Sends once: an order to pay money back. */
  readonly orderGateway: SendToGateway;
  /** For what only asks: it may be sent more than once. */
  readonly askGateway: SendToGateway;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** A refund on its way, and whom to talk to about it. */
interface Walk {
  readonly record: PaymentRecord;
  readonly refund: Refund;
  readonly money: RefundableMoney;
}

interface Talk extends Walk {
  readonly refunding: Refunding;
  readonly order: RefundOrder;
}

/**
 * Carries refunds on as far as their gateways let them: orders what is approved, and asks about what was ordered. What is
 * said to a gateway is stored before it is said, and only who stored it says it; so an order whose answer was lost is
 * asked about first, and sent again only when the gateway is certain not to know it. Whatever goes wrong with one refund
 * leaves it as it is, with its reserve, and holds up nothing else.
 */
export async function followRefunds(
  record: PaymentRecord,
  refundIds: readonly Refund['refundId'][],
  needs: FollowNeeds,
): Promise<void> {
  for (const refund of record.refunds.filter(({ refundId }) => refundIds.includes(refundId))) {
    try {
      await follow(record, refund, needs);
    } catch (error) {
      needs.logNews('REFUND_UNKNOWN', { ...factsOf(refund), why: explain(error) });
    }
  }
}

async function follow(record: PaymentRecord, refund: Refund, needs: FollowNeeds): Promise<void> {
  const money = moneyOfRefund(record, refund);
  if (money === undefined) throw new Error('the money that is paid back is gone: was an item changed by hand?');
  const walk = { record, refund, money };
  if (refund.state === 'approved') return begin(walk, needs);
  if (refund.state !== 'requested') return;
  const refunding = await refundingOf(refund, needs);
  const orderSent = orderOf(walk, refund.conversation);
  if (refunding === undefined || orderSent === undefined) {
    throw new ConfigurationError(
      `${refund.gateway}/${refund.merchant} was asked to refund but cannot be asked about it: was its interface for refunds taken out?`,
    );
  }
  await ask({ ...walk, refunding, order: orderSent }, needs);
}

/**
 * Refunds of the same money go to the gateway one after the other, since some gateways name none of them in their
 * answers: who begins has seen that no other is on its way, and holds that by the payment's version.
 */
async function begin(walk: Walk, needs: FollowNeeds): Promise<void> {
  const { refund, record } = walk;
  if (record.refunds.some(({ moneyKey, state }) => moneyKey === refund.moneyKey && state === 'requested')) return;
  const now = needs.clock();
  if (refund.way === 'transfer') return orderByHand(walk, 'asked for by the maker', needs);
  const refunding = await refundingOf(refund, needs);
  if (refunding === undefined) return orderByHand(walk, 'the gateway has no interface for refunds', needs);
  const ordered = order(refund, refunding.refundRefOf(refundNumberOf(refund), now), now);
  const newOrder = orderOf(walk, ordered.conversation);
  if (newOrder === undefined) return orderByHand(walk, 'the money came by no attempt of ours', needs);
  const opening = refunding.requestRefund(newOrder);
  if (opening.kind === 'unsupported') return orderByHand(walk, opening.why, needs);
  const paymentVersion = record.payment.version;
  const answer = await needs.ledger.move({ before: refund, after: ordered, money: walk.money, paymentVersion });
  if (answer === 'written') await send({ ...walk, refund: ordered, refunding, order: newOrder }, opening, needs);
}

async function refundingOf({ gateway, merchant }: Refund, needs: FollowNeeds): Promise<Refunding | undefined> {
  const connection = await needs.connections.connect(gateway, merchant);
  if (connection !== undefined) return connection.refunding;
  throw new ConfigurationError(
    `There is no account ${gateway}/${merchant} any more, so it can pay nothing back. Was it taken out of config/<stage>/merchants.json? Put it back, or reject the refund and ask for a transfer.`,
  );
}

async function orderByHand(walk: Walk, why: string, needs: FollowNeeds): Promise<void> {
  const moved = await moveOn(walk, orderTransfer(walk.refund, why, needs.clock()), needs);
  if (moved !== undefined) needs.logNews('TRANSFER_ORDERED', { ...factsOf(walk.refund), why });
}

/** Sends an order that was stored as sent. A refusal of a repeated order says nothing of the first one: it is asked about. */
async function send(talk: Talk, { request, readAnswer }: RefundRequest, needs: FollowNeeds): Promise<void> {
  const { refund } = talk;
  needs.logNews('REFUND_SENT', factsOf(refund));
  const reading = readAnswer(await needs.orderGateway(request));
  switch (reading.kind) {
    case 'accepted': {
      const accepted = await moveOn(talk, accept(refund, reading.resultCode, needs.clock()), needs);
      needs.logNews('REFUND_ACCEPTED', factsOf(refund));
      if (accepted !== undefined) await take(await inquire(accepted, needs), accepted, needs);
      return;
    }
    case 'refused': {
      const isFirst = refund.conversation?.sends === 1;
      const progress = isFirst ? undefined : await inquire(talk, needs);
      if (progress === undefined || progress.kind === 'not-found') return failed(talk, reading.resultCode, needs);
      return take(progress, talk, needs);
    }
    case 'unknown':
      needs.logNews('REFUND_UNKNOWN', { ...factsOf(refund), why: reading.why });
  }
}

/** Asks what became of an order. */
async function ask(talk: Talk, needs: FollowNeeds): Promise<void> {
  const { refund, refunding } = talk;
  const progress = await inquire(talk, needs);
  if (progress.kind !== 'not-found' || !maySendAgain(refund, needs.clock())) return take(progress, talk, needs);
  const opening = refunding.requestRefund(talk.order);
  if (opening.kind === 'unsupported') throw new Error(`the order cannot be repeated: ${opening.why}`);
  const again = await moveOn(talk, sendAgain(refund, needs.clock()), needs);
  if (again !== undefined) await send(again, opening, needs);
}

async function inquire({ refund, refunding, order: asked }: Talk, needs: FollowNeeds): Promise<RefundProgress> {
  const askedAt = needs.clock();
  const requestId = refundNumberOf(refund) + Date.parse(askedAt).toString(36);
  const { request, readAnswer } = refunding.askRefund({ ...asked, requestId, askedAt });
  return readAnswer(await needs.askGateway(request));
}

async function take(progress: RefundProgress, talk: Talk, needs: FollowNeeds): Promise<void> {
  const { refund, money } = talk;
  switch (progress.kind) {
    case 'refunded':
      if (await moveOn(talk, complete(refund, money, progress.resultCode, needs.clock()), needs)) {
        needs.logNews('REFUND_DONE', factsOf(refund));
      }
      return;
    case 'failed':
      return failed(talk, progress.resultCode, needs);
    case 'pending':
    case 'not-found':
      needs.logNews('REFUND_UNKNOWN', { ...factsOf(refund), why: `${progress.kind} (${progress.resultCode})` });
      return;
    case 'unknown':
      needs.logNews('REFUND_UNKNOWN', { ...factsOf(refund), why: progress.why });
  }
}

async function failed(talk: Talk, resultCode: string, needs: FollowNeeds): Promise<void> {
  const moved = await moveOn(talk, fail(talk.refund, resultCode, needs.clock()), needs);
  if (moved !== undefined) needs.logNews('REFUND_FAILED', { ...factsOf(talk.refund), resultCode });
}

/** Nothing when somebody else moved the refund meanwhile: they carry it on. */
async function moveOn<Step extends Walk>(step: Step, after: Refund, needs: FollowNeeds): Promise<Step | undefined> {
  const answer = await needs.ledger.move({ before: step.refund, after, money: step.money });
  return answer === 'written' ? { ...step, refund: after } : undefined;
}

/** What the gateway must know, the same at every repetition; nothing for money that no attempt of ours brought. */
function orderOf({ record, refund, money }: Walk, conversation: Refund['conversation']): RefundOrder | undefined {
  const attempt = attemptOf(record, money.money);
  if (attempt === undefined || conversation === undefined) return undefined;
  const { transactionId, amountVnd } = money.money;
  return {
    refundRef: conversation.refundRef,
    amountVnd: refund.amountVnd,
    paid: { gatewayRef: attempt.gatewayRef, transactionId, amountVnd, openedAt: attempt.openedAt },
    otherRefundsVnd: record.refunds
      .filter(({ refundId, moneyKey }) => refundId !== refund.refundId && moneyKey === refund.moneyKey)
      .filter((other) => other.conversation !== undefined)
      .map((other) => other.amountVnd),
    description: `Hoan phi ho so ${record.charges[0]?.dossierCode ?? refund.paymentId}`,
    approvedBy: refund.checker ?? refund.maker,
    requestedAt: conversation.requestedAt,
  };
}

function factsOf({ paymentId, refundId, gateway, amountVnd }: Refund) {
  return { paymentId, refundId, gateway, amountVnd };
}
