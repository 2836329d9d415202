import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import { problem } from './http.ts';

export type HttpMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

/** Header by which the edge proves itself to the functions (infra/constructs/public-edge.ts sets it). */
const originSecretHeader = 'x-origin-secret';

/** Lets through only what came by the edge, where the firewall and the throttles are. */
export function onlyFromEdge(readOriginSecret: () => Promise<string>): HttpMiddleware {
  return {
    before: async ({ event }) => {
      const given = event.headers[originSecretHeader];
      if (given !== undefined && isSameSecret(given, await readOriginSecret())) return undefined;
      return problem({
        code: 'not-through-the-edge',
        title: 'Yêu cầu không đi qua cổng công khai (not through the edge)',
        status: 403,
        detail: 'This address answers only what comes through the public one. Use the public address.',
      });
    },
  };
}

/** A fault of ours is logged and leaves as a bare 500: what it was is nobody's business outside. */
export function answerFaults(logNews: LogNews): HttpMiddleware {
  return {
    onError: (request) => {
      logNews('REQUEST_FAILED', { route: request.event.routeKey }, request.error);
      request.response = problem({
        code: 'our-fault',
        title: 'Lỗi hệ thống (internal error)',
        status: 500,
        detail: 'The request failed for a reason of ours and may be repeated as it is; it has the same effect once.',
      });
    },
  };
}

/** Digests have one length, so the comparison tells nothing about the secret's. */
function isSameSecret(given: string, secret: string): boolean {
  const digestOf = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digestOf(given), digestOf(secret));
}
