import { randomInt } from 'node:crypto';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { loadFees } from '#config/fees.ts';
import { loadMerchants } from '#config/merchants.ts';
import { loadUnits } from '#config/units.ts';
import { paymentIdSchema } from '#schemas/ids.ts';
import { attemptRequestSchema, paymentRequestSchema } from '#schemas/payment-request.ts';
import { makeDocumentLinks } from '#shared/adapters/document-links.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeGatewayClient } from '#shared/adapters/gateway-client.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { makeOriginSecret } from '#shared/adapters/origin-secret.ts';
import { makePaymentLedger } from '#shared/adapters/payment-ledger.ts';
import { makeSecretStore } from '#shared/adapters/secret-store.ts';
import { paymentIdFrom, paymentIdSpace } from '#shared/domain/attempt-ref.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { showAttempt, showPayment } from '#shared/processes/show-payment.ts';
import { callerOf } from '#shared/runtime/caller.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { faultyFields, json, problem, readJsonBody } from '#shared/runtime/http.ts';
import { answerFaults, onlyFromEdge } from '#shared/runtime/http-middlewares.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { askingGatewaysEnvironment, wireAskingGateways } from '#shared/wiring/asking-gateways.ts';
import { paymentNotFound, problemOfAttempt, problemOfCreation } from './answers.ts';
import { createPayment } from './create-payment.ts';
import { lookUpPayment } from './look-up-payment.ts';
import { openAttempt } from './open-attempt.ts';

type Answer = APIGatewayProxyStructuredResultV2;

const environment = readEnvironment({
  ...askingGatewaysEnvironment,
  RECEIPTS_BUCKET: z.string().check(z.minLength(3)),
  PUBLIC_BASE_URL: z.url(),
  PROVINCE: z._default(z.string().check(z.regex(/^[A-Z]\d{2}$/)), 'H49'),
  ORIGIN_SECRET_ID: z.optional(z.string()),
  ORIGIN_SECRET_FILE: z.optional(z.string()),
});

const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };
const merchants = loadMerchants(environment.STAGE, environment.MERCHANT_SETTINGS_BASE_URL);
const needs = {
  askGateways: wireAskingGateways(environment, table, { isAwaited: true }),
  ledger: makePaymentLedger(table),
  clock: systemClock,
  drawPaymentId: () => paymentIdFrom(randomInt(paymentIdSpace)),
  units: loadUnits(environment.STAGE),
  fees: loadFees(environment.STAGE),
  province: environment.PROVINCE,
  merchants,
  connections: makeGatewayConnections({
    findGateway,
    merchants,
    secrets: makeSecretStore(environment),
    milliseconds: () => performance.now(),
  }),
  sendToGateway: makeGatewayClient({ logNews }).order,
  publicBaseUrl: environment.PUBLIC_BASE_URL,
  logNews,
};
const links = makeDocumentLinks(environment.RECEIPTS_BUCKET);

const routes: Readonly<Record<string, (event: APIGatewayProxyEventV2) => Promise<Answer>>> = {
  'POST /v1/payments': postPayment,
  'GET /v1/payments/{paymentId}': getPayment,
  'POST /v1/payments/{paymentId}/attempts': postAttempt,
};

export const handler = middy<APIGatewayProxyEventV2, Answer>()
  .use(answerFaults(logNews))
  .use(onlyFromEdge(makeOriginSecret(environment)))
  .handler(async (event) => {
    const route = routes[event.routeKey];
    if (route === undefined)
      throw new Error(`no route ${event.routeKey}: does the template name a route that the code lacks?`);
    return route(event);
  });

async function postPayment(event: APIGatewayProxyEventV2): Promise<Answer> {
  const reading = readJsonBody(event, paymentRequestSchema);
  if (!reading.ok) return reading.answer;
  const result = await createPayment(reading.body, callerOf(event), needs);
  switch (result.kind) {
    case 'created':
    case 'existing': {
      const view = await showPayment(result.record, links);
      return json(result.kind === 'created' ? 201 : 200, view, { location: `/v1/payments/${view.paymentId}` });
    }
    case 'faulty':
      return faultyFields(result.faults);
    case 'reference-conflict':
    case 'debt-claimed':
      return problem(problemOfCreation(result));
  }
}

async function getPayment(event: APIGatewayProxyEventV2): Promise<Answer> {
  const paymentId = paymentIdSchema.safeParse(event.pathParameters?.['paymentId']);
  if (!paymentId.success) return problem(paymentNotFound);
  const record = await lookUpPayment(paymentId.data, callerOf(event), needs);
  return record === undefined ? problem(paymentNotFound) : json(200, await showPayment(record, links));
}

async function postAttempt(event: APIGatewayProxyEventV2): Promise<Answer> {
  const paymentId = paymentIdSchema.safeParse(event.pathParameters?.['paymentId']);
  if (!paymentId.success) return problem(paymentNotFound);
  const reading = readJsonBody(event, attemptRequestSchema);
  if (!reading.ok) return reading.answer;
  const result = await openAttempt(paymentId.data, callerOf(event), reading.body, needs);
  if (!('attempt' in result)) return problem(problemOfAttempt(result));
  return json(result.kind === 'opened' ? 201 : 200, showAttempt(result.number, result.attempt));
}
