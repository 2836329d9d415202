import type { AttemptNumber } from '#schemas/ids.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
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
  for (const number of numbers) {
    const attempt = payment.attempts[number];
    if (attempt === undefined) continue;
    const { paymentId } = payment;
    const { gateway } = attempt;
    try {
      await askAbout(payment, number, attempt, needs);
    } catch (error) {
      needs.logNews('ATTEMPT_UNKNOWN', { paymentId, attempt: number, gateway, why: explain(error) });
    }
  }
}

async function askAbout(
  payment: Payment,
  number: AttemptNumber,
  attempt: Attempt,
  needs: AskGatewayNeeds,
): Promise<void> {
  const connection = await needs.connections.connect(attempt.gateway, attempt.merchant);
  if (connection === undefined) {
    throw new ConfigurationError(
      `There is no account ${attempt.gateway}/${attempt.merchant} any more, so nobody can be asked. Was it taken out of config/<stage>/merchants.json while attempts were open?`,
    );
  }
  const asking = {
    payment,
    attempt,
    connection,
    address: { ...attempt, paymentId: payment.paymentId, attempt: number },
    question: questionOf(payment, attempt, needs),
  };
  const inquiry = connection.askAttempt?.(asking.question);
  // It speaks by callbacks alone: the attempt waits for one, or for a person.
  if (inquiry === undefined) return;
  const answer = await needs.askGateway(inquiry.request);
  await take(inquiry.readAnswer(answer), Buffer.from(answer.body), asking, needs);
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

async function take(reading: Reading, message: Uint8Array, asking: Asking, needs: AskGatewayNeeds): Promise<void> {
  const { paymentId, attempt, gateway } = asking.address;
  const facts = { paymentId, attempt, gateway };
  switch (reading.kind) {
    case 'notice':
      for (const notice of [reading.notice, ...(reading.more ?? [])]) {
        const outcome = await applyAnswer(notice, message, asking, needs);
        needs.logNews('ATTEMPT_ANSWERED', { ...facts, outcome });
      }
      return;
    case 'not-found':
      // Before its end the citizen may still be on the way to the gateway's page.
      if (needs.clock() < asking.attempt.expiresAt) return;
      await applyAnswer(refusalOf(asking, reading.resultCode), message, asking, needs);
      needs.logNews('ATTEMPT_ANSWERED', { ...facts, outcome: 'not-found' });
      return;
    case 'unknown':
      needs.logNews('ATTEMPT_UNKNOWN', { ...facts, why: reading.why });
  }
}

async function applyAnswer(notice: PaymentNotice, message: Uint8Array, asking: Asking, needs: AskGatewayNeeds) {
  const evidence = await keepMessage(message, needs.evidence);
  const money = moneyOf(notice, asking.connection.identityOf(notice), evidence, needs.clock());
  return applyNotice({ notice, money, address: asking.address }, needs);
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
