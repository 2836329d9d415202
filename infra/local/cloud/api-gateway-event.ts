import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { localAccount } from '#infra/local/local-account.ts';
import type { MatchedRoute } from './http-routes.ts';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** Everything behind the host, untouched: `/path?query`. */
  readonly target: string;
  /** Names and values in turn, as node:http gives them in `rawHeaders`. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

/** What an authorizer found in a token; absent on an open route. */
export interface GrantedToken {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
}

/** What API Gateway adds to a request of its own. */
export interface GatewayFacts {
  readonly requestId: string;
  readonly now: Date;
  readonly domainName: string;
  readonly token?: GrantedToken;
}

/** The path of a request, decoded as an HTTP API decodes it before it looks for a route. */
export function decodedPathOf(target: string): string {
  const path = target.split('?', 1)[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Builds the event, payload format 2.0, that an HTTP API gives a Lambda function. The query string is handed on
 * byte for byte, since signatures cover it; the path is decoded, as API Gateway does.
 */
export function buildHttpEvent(
  request: ReceivedRequest,
  route: MatchedRoute,
  facts: GatewayFacts,
): APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer {
  const rawQueryString = rawQueryOf(request.target);
  const { headers, cookies } = readHeaders(request.rawHeaders);
  const queryStringParameters = readQuery(rawQueryString);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: decodedPathOf(request.target),
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(queryStringParameters === undefined ? {} : { queryStringParameters }),
    ...(Object.keys(route.pathParameters).length > 0 ? { pathParameters: { ...route.pathParameters } } : {}),
    requestContext: requestContext(request, route, facts, headers['user-agent'] ?? ''),
    ...encodeBody(request.body, headers),
  };
}

function requestContext(request: ReceivedRequest, route: MatchedRoute, facts: GatewayFacts, userAgent: string) {
  return {
    accountId: localAccount.accountId,
    apiId: 'local',
    domainName: facts.domainName,
    domainPrefix: facts.domainName.split('.', 1)[0] ?? '',
    http: {
      method: request.method,
      path: decodedPathOf(request.target),
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceIp,
      userAgent,
    },
    requestId: facts.requestId,
    routeKey: route.routeKey,
    stage: '$default',
    time: commonLogTime(facts.now),
    timeEpoch: facts.now.getTime(),
    ...(facts.token === undefined ? {} : { authorizer: authorizerContext(facts.token) }),
  };
}

function authorizerContext(token: GrantedToken) {
  return { jwt: { claims: { ...token.claims }, scopes: [...token.scopes] }, principalId: '', integrationLatency: 0 };
}

function rawQueryOf(target: string): string {
  const mark = target.indexOf('?');
  return mark === -1 ? '' : target.slice(mark + 1);
}

/** Lower-case names; repeated ones joined by a comma; cookies apart from the rest. */
function readHeaders(rawHeaders: readonly string[]): { headers: Record<string, string>; cookies: string[] } {
  const joined = new Map<string, string>();
  const cookies: string[] = [];
  for (let place = 0; place + 1 < rawHeaders.length; place += 2) {
    const name = (rawHeaders[place] ?? '').toLowerCase();
    const value = rawHeaders[place + 1] ?? '';
    const before = joined.get(name);
    if (name === 'cookie') cookies.push(...value.split(/;\s*/));
    else joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return { headers: Object.fromEntries(joined), cookies };
}

function readQuery(rawQuery: string): Record<string, string> | undefined {
  if (rawQuery === '') return undefined;
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

/** The only content types whose bodies an HTTP API hands on as text; forms and unnamed types come in base64. */
const textTypes = /^(text\/.+|application\/(json|xml|javascript))$/;

function encodeBody(body: Uint8Array, headers: Readonly<Record<string, string>>) {
  if (body.length === 0) return { isBase64Encoded: false };
  const contentType = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const bytes = Buffer.from(body);
  // Bytes that are no UTF-8 would be lost in a text: they stay bytes, whatever the sender calls them.
  const isText = textTypes.test(contentType) && headers['content-encoding'] === undefined && isUtf8(bytes);
  return { body: bytes.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** `22/Nov/2026:02:15:30 +0000` */
function commonLogTime(now: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
