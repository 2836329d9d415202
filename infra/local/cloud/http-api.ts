import { randomUUID } from 'node:crypto';
import { buildHttpEvent, decodedPathOf, type GrantedToken, type ReceivedRequest } from './api-gateway-event.ts';
import type { Invoke } from './functions.ts';
import { gatewayAnswer, type SentAnswer, toHttpAnswer } from './http-answer.ts';
import { type HttpRoute, matchRoute } from './http-routes.ts';
import type { JwtAuthorizer } from './jwt-authorizer.ts';

/** API Gateway takes no more than this. */
export const largestRequestBytes = 10 * 1024 * 1024;

export interface HttpApiNeeds {
  readonly routes: readonly HttpRoute[];
  readonly authorizerOf: (authorizerId: string) => JwtAuthorizer;
  readonly functionOf: (functionId: string) => Invoke;
  readonly domainName: string;
  readonly onFault: (what: string) => void;
}

/** Answers a request the way the HTTP API of the template would. */
export type HttpApi = (request: ReceivedRequest) => Promise<SentAnswer>;

export function makeHttpApi(needs: HttpApiNeeds): HttpApi {
  return async (request) => {
    if (request.body.byteLength > largestRequestBytes) return gatewayAnswer(413);
    const route = matchRoute(needs.routes, request.method, decodedPathOf(request.target));
    if (route === undefined) return gatewayAnswer(404);
    let token: GrantedToken | undefined;
    if (route.guard !== undefined) {
      const { authorizerId, scopes } = route.guard;
      const judged = await needs.authorizerOf(authorizerId).authorize(headerOf(request, 'authorization'), scopes);
      if (judged.kind === 'refused') return gatewayAnswer(judged.status, [['www-authenticate', judged.challenge]]);
      token = judged.token;
    }
    const event = buildHttpEvent(request, route, {
      requestId: randomUUID(),
      now: new Date(),
      domainName: needs.domainName,
      ...(token === undefined ? {} : { token }),
    });
    try {
      return toHttpAnswer(await needs.functionOf(route.functionId)(event));
    } catch (fault) {
      needs.onFault(`${route.routeKey}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`);
      return gatewayAnswer(500);
    }
  };
}

function headerOf({ rawHeaders }: ReceivedRequest, wanted: string): string | undefined {
  const place = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === wanted);
  return place === -1 ? undefined : rawHeaders[place + 1];
}
