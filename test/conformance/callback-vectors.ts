import type { Instant } from '#schemas/ids.ts';
import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { instantOfUnixMs } from '#shared/domain/calendar.ts';
import { decide, moneyKey, type OrderView } from '#shared/domain/settlement.ts';
import type { CallbackOutcome, CallbackReading, Gateway, GatewayConnection } from '#shared/gateways/gateway.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import type { CallbackVector } from './vector-schemas.ts';
import { differencesOf } from './verdict.ts';

/** Lets a callback run through the gateway and the decision, as accept-callback does, with the vector as ledger. */
export function checkCallback(gateway: Gateway, vector: CallbackVector): readonly string[] {
  const connection = connectTestAccount(gateway, vector.secrets);
  const request = requestOf(vector);
  const reading = connection.readCallback(request, clockOf(vector));
  const outcome = outcomeOf(reading, connection, vector.context);
  const answer = connection.answerCallback(outcome, request);
  const { ack, paidAt, ...expected } = vector.expected;
  return [
    ...differencesOf(
      { ...expected, paidAt: unixMsOf(paidAt), 'ack.status': ack.status },
      { outcome, ...factsOf(reading), 'ack.status': answer.status },
    ),
    ...differencesInJson(ack.json, answer.body),
    ...(ack.text === undefined ? [] : differencesOf({ 'ack.text': ack.text }, { 'ack.text': answer.body })),
  ];
}

function requestOf({ request }: CallbackVector): CallbackRequest {
  return {
    method: request.method,
    rawQuery: request.query ?? '',
    headers: request.headers,
    body: new TextEncoder().encode(request.body ?? ''),
  };
}

function clockOf(vector: CallbackVector): Instant {
  const now = instantOfUnixMs(vector.now * 1_000);
  if (now === undefined) throw new RangeError(`"now" is no time in Unix seconds: ${vector.now}`);
  return now;
}

function outcomeOf(
  reading: CallbackReading,
  connection: GatewayConnection,
  context: CallbackVector['context'],
): CallbackOutcome {
  if (reading.kind === 'bad-signature') return 'bad_signature';
  if (reading.kind !== 'notice') return reading.kind;
  if (reading.foreignAccount !== undefined) return 'unknown_order';
  const identity = connection.identityOf(reading.notice);
  return decide(reading.notice, identity, orderViewOf(reading.notice, identity, context)).outcome;
}

/** The vector's order as the ledger would show it. Without seen ids, this very transaction settled a paid order. */
function orderViewOf(
  notice: PaymentNotice,
  identity: string,
  { orders, seenGatewayTxnIds }: CallbackVector['context'],
): OrderView | undefined {
  const order = orders.find(({ ref }) => ref === notice.orderRef);
  if (order === undefined) return undefined;
  const settledByThis =
    seenGatewayTxnIds.length === 0 ? order.state === 'paid' : seenGatewayTxnIds.includes(notice.transactionId ?? '');
  const settledBy = settledByThis ? identity : seenGatewayTxnIds.at(0);
  const isSettled = order.state === 'paid' || settledByThis;
  return {
    state: isSettled ? 'paid' : 'open',
    amountVnd: order.amountVnd,
    attemptOutcome: isSettled ? 'succeeded' : 'started',
    ...(isSettled && settledBy !== undefined && { settledBy: moneyKey(notice.gateway, notice.merchant, settledBy) }),
  };
}

function factsOf(reading: CallbackReading) {
  const nothing = { orderRef: null, gatewayTxnId: null, amountVnd: null, paidAt: null };
  if (reading.kind === 'bad-signature' || reading.kind === 'expired') return { verified: false, ...nothing };
  const { orderRef, transactionId, paidAt } = reading.kind === 'notice' ? reading.notice : reading;
  const amountVnd = reading.kind === 'notice' ? reading.notice.amountVnd : null;
  return { verified: true, orderRef, gatewayTxnId: transactionId, amountVnd, paidAt: unixMsOf(paidAt) };
}

/** Times are compared as instants: the vectors write them in Vietnamese time, we in UTC. */
function unixMsOf(time: string | null): number | null {
  return time === null ? null : Date.parse(time);
}

function differencesInJson(expected: Readonly<Record<string, unknown>>, body: string): readonly string[] {
  if (Object.keys(expected).length === 0) return [];
  const answer: unknown = JSON.parse(body);
  const actual = typeof answer === 'object' && answer !== null ? Object.entries(answer) : [];
  return differencesOf(
    Object.fromEntries(Object.entries(expected).map(([name, value]) => [`ack.json.${name}`, value])),
    Object.fromEntries(actual.map(([name, value]) => [`ack.json.${name}`, value])),
  );
}
