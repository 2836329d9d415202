import { type AttemptNumber, attemptNumberSchema, type Instant, type PaymentId } from '#schemas/ids.ts';
import type { AttemptRequest } from '#schemas/payment-request.ts';
import { attemptRefOf } from '#shared/domain/attempt-ref.ts';
import { instantAfter } from '#shared/domain/calendar.ts';
import { GatewaySilent } from '#shared/domain/failures.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import { type Merchant, merchantFor } from '#shared/domain/merchant.ts';
import type { Attempt, NextStep, Payment } from '#shared/domain/payment.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { AttemptAddress, Clock, PaymentLedger } from '#shared/domain/ports.ts';
import type {
  AttemptOrder,
  GatewayConnection,
  GatewayConnections,
  OpenedAttempt,
  OpeningAnswer,
  SendToGateway,
} from '#shared/gateways/gateway.ts';

export interface OpenAttemptNeeds {
  readonly ledger: PaymentLedger;
  readonly clock: Clock;
  readonly merchants: readonly Merchant[];
  readonly connections: GatewayConnections;
  readonly sendToGateway: SendToGateway;
  /** Address of the edge, without a slash at its end. */
  readonly publicBaseUrl: string;
  readonly logNews: LogNews;
}

export type OpenAttemptResult =
  | { readonly kind: 'opened' | 'returned'; readonly number: AttemptNumber; readonly attempt: Attempt }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-open'; readonly state: Payment['state'] | 'past-expiry' }
  | { readonly kind: 'no-account' }
  | { readonly kind: 'too-many-attempts' }
  | { readonly kind: 'gateway-refused'; readonly resultCode: string; readonly why: string }
  /** The attempt stays open; asking again asks the gateway with the same request id. */
  | { readonly kind: 'gateway-silent'; readonly why: string };

/** A citizen is given so long for one attempt at a gateway. */
const attemptMinutes = 15;

/**
 * Opens an attempt at a gateway. The attempt is stored before the gateway is called, so that no callback meets an
 * unknown reference; an open attempt at the same gateway is returned rather than doubled.
 */
export async function openAttempt(
  paymentId: PaymentId,
  client: string,
  request: AttemptRequest,
  needs: OpenAttemptNeeds,
): Promise<OpenAttemptResult> {
  const record = await needs.ledger.readRecord(paymentId);
  if (record === undefined || record.payment.client !== client) return { kind: 'not-found' };
  const { payment } = record;
  const now = needs.clock();
  if (payment.state !== 'open') return { kind: 'not-open', state: payment.state };
  if (payment.expiresAt <= now) return { kind: 'not-open', state: 'past-expiry' };
  const found = await findAccount(record, request.gateway, needs);
  if (found === undefined) return { kind: 'no-account' };

  const standing = findStanding(payment, found.merchant, now);
  if (standing !== undefined && hasNextStep(standing.attempt)) return { kind: 'returned', ...standing };
  const opened = standing ?? newAttempt(payment, found, request, now);
  if (opened === undefined) return { kind: 'too-many-attempts' };
  if (standing === undefined) {
    const answer = await needs.ledger.addAttempt(payment, opened.number, opened.attempt);
    // Somebody else changed the payment meanwhile, often by opening the same attempt: look again.
    if (answer.kind === 'refused') return openAttempt(paymentId, client, request, needs);
  }
  const order = orderOf(record, opened.attempt, request, needs.publicBaseUrl);
  return recordOpening(payment, opened, await openAtGateway(order, found.connection, needs), needs);
}

interface NumberedAttempt {
  readonly number: AttemptNumber;
  readonly attempt: Attempt;
}

async function findAccount(
  record: PaymentRecord,
  gateway: string,
  needs: OpenAttemptNeeds,
): Promise<{ readonly merchant: Merchant; readonly connection: GatewayConnection } | undefined> {
  const units = record.charges.flatMap((charge) => charge.feeLines.map((fee) => fee.unitCode));
  const merchant = merchantFor(needs.merchants, gateway, units);
  if (merchant === undefined) return undefined;
  const connection = await needs.connections.connect(gateway, merchant.merchant);
  return connection === undefined ? undefined : { merchant, connection };
}

/** The attempt at this account that the gateway may still take money for. */
function findStanding(payment: Payment, merchant: Merchant, now: Instant): NumberedAttempt | undefined {
  return attemptsOf(payment).find(
    ({ attempt }) =>
      attempt.gateway === merchant.gateway &&
      attempt.merchant === merchant.merchant &&
      attempt.outcome === 'started' &&
      attempt.expiresAt > now,
  );
}

function hasNextStep({ redirectUrl, form, transfer }: Attempt): boolean {
  return (redirectUrl ?? form ?? transfer) !== undefined;
}

function attemptsOf(payment: Payment): readonly NumberedAttempt[] {
  return Object.entries(payment.attempts).map(([number, attempt]) => ({
    number: attemptNumberSchema.parse(number),
    attempt,
  }));
}

function newAttempt(
  payment: Payment,
  { merchant, connection }: { readonly merchant: Merchant; readonly connection: GatewayConnection },
  request: AttemptRequest,
  now: Instant,
): NumberedAttempt | undefined {
  const number = attemptNumberSchema.safeParse(String(attemptsOf(payment).length + 1).padStart(2, '0'));
  if (!number.success) return undefined;
  const reference = attemptRefOf(payment.paymentId, number.data);
  const patience = instantAfter(now, attemptMinutes * 60_000);
  const attempt: Attempt = {
    gateway: merchant.gateway,
    merchant: merchant.merchant,
    gatewayRef: connection.gatewayRefOf(reference, now),
    requestId: reference,
    openedAt: now,
    expiresAt: patience < payment.expiresAt ? patience : payment.expiresAt,
    outcome: 'started',
    returnUrl: request.returnUrl,
  };
  return { number: number.data, attempt };
}

/** Writes down what the gateway said to the opening of an attempt. */
async function recordOpening(
  { paymentId }: Payment,
  { number, attempt }: NumberedAttempt,
  answer: OpeningAnswer,
  needs: OpenAttemptNeeds,
): Promise<OpenAttemptResult> {
  const address: AttemptAddress = { ...attempt, paymentId, attempt: number };
  const facts = { paymentId, attempt: number, gateway: attempt.gateway };
  switch (answer.kind) {
    case 'redirect':
    case 'form':
    case 'transfer': {
      if (answer.alert !== undefined) needs.logNews('GATEWAY_ODD', { ...facts, why: answer.alert });
      const nextStep = nextStepOf(answer);
      await needs.ledger.recordNextStep(address, nextStep);
      needs.logNews('ATTEMPT_OPENED', facts);
      return { kind: 'opened', number, attempt: { ...attempt, ...nextStep } };
    }
    case 'refused':
      await needs.ledger.recordRefusal(address, answer.resultCode, needs.clock());
      return { kind: 'gateway-refused', resultCode: answer.resultCode, why: answer.why };
    case 'unknown':
      needs.logNews('ATTEMPT_UNKNOWN', { ...facts, why: answer.why });
      return { kind: 'gateway-silent', why: answer.why };
  }
}

function nextStepOf(opened: OpenedAttempt): NextStep {
  switch (opened.kind) {
    case 'redirect':
      return { redirectUrl: opened.url };
    case 'form':
      return { form: opened.form };
    case 'transfer':
      return { transfer: opened.transfer };
  }
}

async function openAtGateway(
  order: AttemptOrder,
  connection: GatewayConnection,
  needs: OpenAttemptNeeds,
): Promise<OpeningAnswer> {
  const opening = connection.openAttempt(order);
  if (opening.kind !== 'request') return opening;
  try {
    return opening.readAnswer(await needs.sendToGateway(opening.request));
  } catch (error) {
    if (!(error instanceof GatewaySilent)) throw error;
    return { kind: 'unknown', why: error.message };
  }
}

function orderOf(
  { payment, charges }: PaymentRecord,
  attempt: Attempt,
  request: AttemptRequest,
  publicBaseUrl: string,
): AttemptOrder {
  const [first, ...others] = payment.claims.map((claim) => claim.dossierCode);
  const account = `${attempt.gateway}/${attempt.merchant}`;
  return {
    gatewayRef: attempt.gatewayRef,
    requestId: attempt.requestId,
    amountVnd: payment.amountVnd,
    description: `Nop phi ho so ${first}${others.length > 0 ? ` va ${others.length} ho so khac` : ''}`,
    charges,
    clientIp: request.clientIp,
    locale: request.locale,
    returnUrl: `${publicBaseUrl}/return/${account}`,
    callbackUrl: `${publicBaseUrl}/callbacks/${account}`,
    openedAt: attempt.openedAt,
    expiresAt: attempt.expiresAt,
  };
}
