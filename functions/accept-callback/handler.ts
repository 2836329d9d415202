import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { bundledMerchants } from '#config/bundled-merchants.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeEvidenceStore } from '#shared/adapters/evidence-store.ts';
import { makeGatewayConnections } from '#shared/adapters/gateway-connections.ts';
import { makeOriginSecret } from '#shared/adapters/origin-secret.ts';
import { makeSecretStore } from '#shared/adapters/secret-store.ts';
import { makeSettlementLedger } from '#shared/adapters/settlement-ledger.ts';
import type { AttemptAsking } from '#shared/domain/heard-news.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { findGateway } from '#shared/gateways/registry.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment, readEnvironment } from '#shared/runtime/env.ts';
import { bodyBytes, largestBodyBytes, problem } from '#shared/runtime/http.ts';
import { answerFaults, onlyFromEdge } from '#shared/runtime/http-middlewares.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { acceptCallback } from './accept-callback.ts';
import type { CallbackRoute } from './callback-route.ts';
import { makeDoubtCap } from './doubt-cap.ts';
import { keepEvidence } from './keep-evidence.ts';

const environment = readEnvironment({
  ...commonEnvironment,
  EVIDENCE_BUCKET: z.string().check(z.minLength(3)),
  SECRETS_PREFIX: z.optional(z.string()),
  SECRETS_FILE: z.optional(z.string()),
  ORIGIN_SECRET_ID: z.optional(z.string()),
  ORIGIN_SECRET_FILE: z.optional(z.string()),
  MERCHANT_SETTINGS_BASE_URL: z.optional(z.url()),
  /** How many callbacks without proof may make us ask, in a minute and a process; 0 turns it off. */
  DOUBTS_PER_SOURCE: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 5),
  DOUBTS_PER_GATEWAY: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 20),
});
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };

const connections = makeGatewayConnections({
  findGateway,
  merchants: bundledMerchants(environment.STAGE, environment.MERCHANT_SETTINGS_BASE_URL),
  secrets: makeSecretStore(environment),
  milliseconds: () => performance.now(),
});
const evidence = makeEvidenceStore(environment.EVIDENCE_BUCKET);
const needs = {
  ledger: makeSettlementLedger(table),
  clock: systemClock,
  logNews,
  keepEvidence: (request: CallbackRequest) => keepEvidence(request, evidence),
  askAttempt: askWhenNeeded(),
  mayAsk: makeDoubtCap({ perSource: environment.DOUBTS_PER_SOURCE, perGateway: environment.DOUBTS_PER_GATEWAY }),
};

/** Few callbacks make us ask their gateway, so what asks is loaded with the first of them (ADR 12). */
function askWhenNeeded(): AttemptAsking {
  let wired: AttemptAsking | undefined;
  return async (payment, attempt, told) => {
    wired ??= (await import('#shared/wiring/asking-gateways.ts')).wireAskingAttempt(environment, table);
    return wired(payment, attempt, told);
  };
}

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(answerFaults(logNews))
  .use(onlyFromEdge(makeOriginSecret(environment)))
  .handler(async (event) => {
    const route = await routeOf(event);
    if (route === undefined) {
      return problem({
        code: 'unknown-callback-address',
        title: 'Địa chỉ không tồn tại (no such address)',
        status: 404,
        detail:
          'There is no merchant account behind this address. Check gateway and merchant in the address registered at the gateway.',
      });
    }
    const request = callbackRequestOf(event);
    if (request.body.byteLength + request.rawQuery.length > largestBodyBytes) {
      logNews('CALLBACK_REFUSED', { gateway: route.gateway, merchant: route.merchant, why: 'too large' });
      return problem({
        code: 'callback-too-large',
        title: 'Nội dung quá lớn (too large)',
        status: 413,
        detail: `A callback of more than ${largestBodyBytes} bytes is not read: no gateway sends one.`,
      });
    }
    if (event.routeKey.startsWith('GET /return/')) {
      // Gateways see no pages: what makes them is loaded with the first citizen who comes back (ADR 12).
      const { showReturn } = await import('./show-return.ts');
      return showReturn(route, request, needs);
    }
    const answer = await acceptCallback(route, request, needs);
    return { statusCode: answer.status, headers: answer.headers, body: answer.body };
  });

async function routeOf(event: APIGatewayProxyEventV2): Promise<CallbackRoute | undefined> {
  const { gateway = '', merchant = '' } = event.pathParameters ?? {};
  const connection = await connections.connect(gateway, merchant);
  return connection === undefined ? undefined : { gateway, merchant, connection };
}

/** The callback as it was received: signatures cover these bytes, not what API Gateway makes of them. */
function callbackRequestOf(event: APIGatewayProxyEventV2): CallbackRequest {
  return {
    method: event.requestContext.http.method,
    rawQuery: event.rawQueryString,
    headers: event.headers,
    body: bodyBytes(event),
  };
}
