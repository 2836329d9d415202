import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeLookupRegister } from '#shared/adapters/lookup-register.ts';
import { makeOriginSecret } from '#shared/adapters/origin-secret.ts';
import { answerWithPage, type PublicPage } from '#shared/rendering/public-page.ts';
import { commonEnvironment, readEnvironment } from '#shared/runtime/env.ts';
import { bodyBytes, json, problem } from '#shared/runtime/http.ts';
import { answerFaults, onlyFromEdge } from '#shared/runtime/http-middlewares.ts';
import { prefersJson } from '#shared/runtime/preferred-type.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { findRegistered } from './find-registered.ts';
import { lookUpReceipt } from './look-up-receipt.ts';
import { pageOfReceipt, unknownReceiptPage } from './lookup-pages.ts';
import { pageOfRefusal, pageOfVerification, uploadPage } from './verification-pages.ts';
import { type UploadVerdict, verifyUpload } from './verify-upload.ts';

const environment = readEnvironment({
  ...commonEnvironment,
  ORIGIN_SECRET_ID: z.optional(z.string()),
  ORIGIN_SECRET_FILE: z.optional(z.string()),
  SIGNING_TRUST_ANCHORS_FILE: z.optional(z.string()),
});
const register = makeLookupRegister({ client: makeDocumentClient(), name: environment.TABLE_NAME });
const needs = { register, logNews, verify: verifyWhenNeeded() };

/** Most visitors look a receipt up and bring no file, so what verifies one is loaded with the first (ADR 12). */
function verifyWhenNeeded(): (file: Uint8Array) => Promise<UploadVerdict> {
  let wired: ((file: Uint8Array) => Promise<UploadVerdict>) | undefined;
  return async (file) => {
    const { wireReceiptVerifying } = await import('#shared/wiring/receipt-verifying.ts');
    wired ??= wireReceiptVerifying(environment, (claimed) => findRegistered(claimed, { register, logNews }));
    return wired(file);
  };
}

export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(answerFaults(logNews))
  .use(onlyFromEdge(makeOriginSecret(environment)))
  .handler(async (event) => {
    if (event.routeKey === 'GET /r/{code}') return answerLookup(event);
    return event.routeKey === 'POST /verify' ? answerUpload(event) : answerWithPage(uploadPage);
  });

async function answerLookup(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const receipt = await lookUpReceipt(event.pathParameters?.['code'] ?? '', needs);
  if (receipt !== undefined) return answer(event, pageOfReceipt(receipt), json(200, receipt));
  const unknown = problem({
    code: 'unknown-receipt',
    title: 'Không tìm thấy biên lai (no such receipt)',
    status: 404,
    detail:
      'No receipt bears this look-up code: 12 characters of 2–9 and A–Z without I and O. A new receipt shows within a minute.',
  });
  return answer(event, unknownReceiptPage, unknown);
}

async function answerUpload(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const result = await verifyUpload(event.headers['content-type'] ?? '', bodyBytes(event), needs);
  if ('verification' in result) {
    const { verification } = result;
    return answer(event, pageOfVerification(verification), json(200, verification));
  }
  const { refusal } = result;
  const { code, status, says, detail } = refusal;
  return answer(event, pageOfRefusal(refusal), problem({ code, status, title: says, detail }));
}

/** The same answer as a page for people and as JSON for programs. */
function answer(
  { headers }: APIGatewayProxyEventV2,
  page: PublicPage,
  asJson: APIGatewayProxyStructuredResultV2,
): APIGatewayProxyStructuredResultV2 {
  return prefersJson(headers['accept']) ? asJson : answerWithPage(page, asJson.statusCode);
}
