import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { buildHttpEvent } from '#infra/local/cloud/api-gateway-event.ts';
import { functionEnvironment, originSecret } from './function-environment.ts';

/** Sets the environment that a handler reads when it is imported. */
export function setHandlerEnvironment(variables: Readonly<Record<string, string>>): void {
  const { DYNAMODB_ENDPOINT: endpoint } = process.env;
  Object.assign(process.env, {
    ...functionEnvironment(variables),
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL_DYNAMODB: endpoint }),
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
}

export interface HttpCall {
  readonly method: string;
  readonly routeKey: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** Path and query as they came over the wire. */
  readonly target?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Claims of the verified token; without them the route is an open one. */
  readonly claims?: Readonly<Record<string, string>>;
}

type HttpHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Calls a real handler with the event that API Gateway would make of a request through the edge. */
export async function callHandler(handler: HttpHandler, call: HttpCall): Promise<APIGatewayProxyStructuredResultV2> {
  return handler(httpEventOf(call), lambdaContext);
}

/** The event that API Gateway would make of a request through the edge. */
export function httpEventOf(call: HttpCall): APIGatewayProxyEventV2 {
  const { body = '', headers = {}, claims } = call;
  const all = { 'content-type': 'application/json', 'x-origin-secret': originSecret, ...headers };
  return buildHttpEvent(
    {
      method: call.method,
      target: call.target ?? '/',
      rawHeaders: Object.entries(all).flat(),
      body: typeof body === 'string' ? Buffer.from(body) : body,
      sourceIp: '203.0.113.7',
    },
    { routeKey: call.routeKey, functionId: 'Test', pathParameters: call.pathParameters ?? {} },
    {
      requestId: 'request-1',
      now: new Date('2026-11-23T02:15:30.000Z'),
      domainName: 'edge.example.vn',
      ...(claims === undefined ? {} : { token: { claims, scopes: [] } }),
    },
  );
}

export const lambdaContext = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:ap-southeast-1:000000000000:function:test',
  memoryLimitInMB: '1024',
  awsRequestId: 'request-1',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
} satisfies Context;
