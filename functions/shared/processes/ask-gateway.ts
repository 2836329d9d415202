import type { AttemptNumber } from '#schemas/ids.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { HeardNews } from '#shared/domain/heard-news.ts';
import type { Attempt, Payment } from '#shared/domain/payment.ts';
import type { AttemptAddress, EvidenceStore } from '#shared/domain/ports.ts';
import type {
  AttemptInquiry,
  AttemptQuestion,
  GatewayConnection,
  GatewayConnections,
  SendToGateway,
} from '#shared/gateways/gateway.ts';
import { explain } from './answer-to-error.ts';
import { type ApplyNoticeNeeds, applyNotice } from './apply-notice.ts';
import { keepMessage } from './keep-message.ts';
import { moneyOf } from './money-of-notice.ts';

export interface AskGatewayNeeds extends ApplyNoticeNeeds {
  readonly connections: GatewayConnections;
  /** For what only asks: it may be sent more than once. */
  readonly askGateway: SendToGateway;
  readonly evidence: EvidenceStore;
}

/** An attempt, the account at which it was made, and the question about it. */
interface Asking {
  readonly payment: Payment;
  readonly address: AttemptAddress;
  readonly attempt: Attempt;
  readonly connection: GatewayConnection;
  readonly question: AttemptQuestion;
  readonly told: PaymentNotice | undefined;
}

type Reading = ReturnType<AttemptInquiry['readAnswer']>;

/**
 * Asks the gateways what became of a payment's attempts and takes what they say as if they had called: through the same
 * transition, so that a callback that comes meanwhile or afterwards finds its money known. Whatever goes wrong with one
 * attempt leaves it as it is, to be asked again, and holds up nothing else.
 */
export async function askGateways(
  payment: Payment,
  numbers: readonly AttemptNumber[],
  needs: AskGatewayNeeds,
): Promise<void> {
  for (const number of numbers) await askAttempt(payment, number, needs);
}

/**
 * The same for one attempt; says what was heard and came of it.
 * @param told the callback that made us ask: its time of payment stands in where the answer about the same money has none
 */
export async function askAttempt(
  payment: Payment,
  number: AttemptNumber,
  needs: AskGatewayNeeds,
  told?: PaymentNotice,
): Promise<readonly HeardNews[]> {
  const attempt = payment.attempts[number];
  if (attempt === undefined) return [];
  const { paymentId } = payment;
  const { gateway } = attempt;
  try {
    const connection = await connectTo(attempt, needs);
    const address = { ...attempt, paymentId, attempt: number };
    return await ask(
      { payment, attempt, connection, address, question: questionOf(payment, attempt, needs), told },
      needs,
    );
  } catch (error) {
    needs.logNews('ATTEMPT_UNKNOWN', { paymentId, attempt: number, gateway, why: explain(error) });
    return [];
  }
}

async function connectTo(attempt: Attempt, needs: AskGatewayNeeds): Promise<GatewayConnection> {
  const connection = await needs.connections.connect(attempt.gateway, attempt.merchant);
  if (connection === undefined) {
    throw new ConfigurationError(
      `There is no account ${attempt.gateway}/${attempt.merchant} any more, so nobody can be asked. Was it taken out of config/<stage>/merchants.json while attempts were open?`,
    );
  }
  return connection;
}

async function ask(asking: Asking, needs: AskGatewayNeeds): Promise<readonly HeardNews[]> {
  const inquiry = asking.connection.askAttempt?.(asking.question);
  // It speaks by callbacks alone: the attempt waits for one, or for a person.
  if (inquiry === undefined) return [];
  const answer = await needs.askGateway(inquiry.request);
  return take(inquiry.readAnswer(answer), Buffer.from(answer.body), asking, needs);
}

/** Asked in the same millisecond it would be the same question, and may then be the same request. */
function questionOf(payment: Payment, attempt: Attempt, { clock }: AskGatewayNeeds): AttemptQuestion {
  const { gatewayRef, openedAt, requestId } = attempt;
  const askedAt = clock();
  const { amountVnd } = payment;
  return {
    gatewayRef,
    amountVnd,
    openedAt,
    askedAt,
    requestId: requestId.slice(0, 22) + Date.parse(askedAt).toString(36),
  };
}

async function take(
  reading: Reading,
  message: Uint8Array,
  asking: Asking,
  needs: AskGatewayNeeds,
): Promise<readonly HeardNews[]> {
  const { paymentId, attempt, gateway } = asking.address;
  const facts = { paymentId, attempt, gateway };
  switch (reading.kind) {
    case 'notice': {
      const heard: HeardNews[] = [];
      for (const notice of [reading.notice, ...(reading.more ?? [])]) {
        const news = await applyAnswer(timed(notice, asking), message, asking, needs);
        needs.logNews('ATTEMPT_ANSWERED', { ...facts, outcome: news.outcome });
        heard.push(news);
      }
      return heard;
    }
    case 'not-found': {
      // Before its end the citizen may still be on the way to the gateway's page.
      if (needs.clock() < asking.attempt.expiresAt) return [];
      const news = await applyAnswer(refusalOf(asking, reading.resultCode), message, asking, needs);
      needs.logNews('ATTEMPT_ANSWERED', { ...facts, outcome: 'not-found' });
      return [news];
    }
    case 'unknown':
      needs.logNews('ATTEMPT_UNKNOWN', { ...facts, why: reading.why });
      return [];
  }
}

/** The day on which a statement lists money goes by the gateway's clock, which a callback may tell and an answer not. */
function timed(notice: PaymentNotice, { told, connection }: Asking): PaymentNotice {
  if (notice.paidAt !== null || told === undefined) return notice;
  const isSameMoney = connection.identityOf(told) === connection.identityOf(notice);
  return isSameMoney ? { ...notice, paidAt: told.paidAt } : notice;
}

async function applyAnswer(
  notice: PaymentNotice,
  message: Uint8Array,
  asking: Asking,
  needs: AskGatewayNeeds,
): Promise<HeardNews> {
  const evidence = await keepMessage(message, needs.evidence);
  const identity = asking.connection.identityOf(notice);
  const money = moneyOf(notice, identity, evidence, needs.clock());
  return { identity, outcome: await applyNotice({ notice, money, address: asking.address }, needs) };
}

/** An order that the gateway does not know after its end can no longer be paid there. */
function refusalOf({ payment, attempt }: Asking, resultCode: string): PaymentNotice {
  return {
    gateway: attempt.gateway,
    merchant: attempt.merchant,
    orderRef: attempt.gatewayRef,
    transactionId: null,
    amountVnd: payment.amountVnd,
    result: 'failed',
    resultCode,
    paidAt: null,
  };
}
