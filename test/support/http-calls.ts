import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { buildHttpEvent } from '#infra/local/cloud/api-gateway-event.ts';
import { localAccount } from '#infra/local/local-account.ts';

/** Secrets of the dev merchants, as a secret store would hold them. */
export const devSecrets = {
  vnpay: {
    ttpvhcc: [{ tmnCode: 'BIENLAI1', hashSecret: 'test-only-vnpay-hash-secret' }],
    vpdkdd: [{ tmnCode: 'BIENLAI2', hashSecret: 'test-only-vnpay-hash-secret-2' }],
  },
  momo: {
    ttpvhcc: [{ partnerCode: 'MOMOBIENLAI', accessKey: 'test-only-access', secretKey: 'test-only-momo-secret-key' }],
  },
};
export const originSecret = 'test-only-origin-secret';

/** Sets the environment that a handler reads when it is imported; the AWS clients find the local engine by it. */
export function setHandlerEnvironment(variables: Readonly<Record<string, string>>): void {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-'));
  const secretsFile = join(folder, 'secrets.json');
  const originSecretFile = join(folder, 'origin-secret');
  writeFileSync(secretsFile, JSON.stringify(devSecrets));
  writeFileSync(originSecretFile, originSecret);
  Object.assign(process.env, {
    AWS_REGION: localAccount.region,
    AWS_ACCESS_KEY_ID: localAccount.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAccount.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: process.env['DYNAMODB_ENDPOINT'],
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    STAGE: 'dev',
    PUBLIC_BASE_URL: 'https://edge.example.vn',
    RECEIPTS_BUCKET: 'receipts',
    EVIDENCE_BUCKET: 'evidence',
    SECRETS_FILE: secretsFile,
    ORIGIN_SECRET_FILE: originSecretFile,
    ...variables,
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
  const { body = '', headers = {}, claims } = call;
  const all = { 'content-type': 'application/json', 'x-origin-secret': originSecret, ...headers };
  const event = buildHttpEvent(
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
  return handler(event, lambdaContext);
}

const lambdaContext = {
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
