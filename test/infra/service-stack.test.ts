import { existsSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import {
  asText,
  domainContext,
  expectEvery,
  expectResource,
  functionsOf,
  prodContext,
  resourcesOf,
  synthesise,
} from './templates.ts';

const dev = synthesise();
const prod = synthesise({ ...prodContext, ...domainContext });
const functions = functionsOf(dev.service);
/** A line of the environment that a handler reads: the variable and its schema. */
const variablePattern = /\b([A-Z][A-Z_]+): (z\s*\.[\s\S]*?)(?=,\n\s+[A-Z]|,?\s*\})/g;
/** What a handler reads itself, and what the wiring reads that it shares with others. */
function sourceOf(name: string): string {
  const read = (path: string) => readFileSync(new URL(`../../functions/${path}`, import.meta.url), 'utf8');
  const sources = [read(`${name}/handler.ts`)];
  const wirings = new Set<string>();
  for (const source of sources) {
    for (const [, path = ''] of source.matchAll(/from '(?:#shared\/wiring|\.)\/([a-z-]+\.ts)'/g)) {
      if (wirings.has(path) || !existsSync(new URL(`../../functions/shared/wiring/${path}`, import.meta.url))) continue;
      wirings.add(path);
      sources.push(read(`shared/wiring/${path}`));
    }
  }
  return sources.join('\n');
}

const variablesSchema = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

describe('the functions', () => {
  it('are the folders that the design names, and nothing that CDK added', () => {
    expect([...functions.keys()].sort()).toEqual([
      'accept-callback',
      'chase-payments',
      'confirm-dossier',
      'correct-receipt',
      'finance-desk',
      'issue-receipt',
      'reconcile-day',
      'refund-payment',
      'start-payment',
      'verify-receipt',
    ]);
  });

  it('carry the path of their source, for the local runner', () => {
    for (const { metadata } of functions.values()) {
      expect(existsSync(new URL(`../../${String(metadata['bienlai:entry'])}`, import.meta.url))).toBe(true);
    }
  });

  it('run on Node 24, each under a role and a log group of its own that forgets after a year', () => {
    expectEvery(dev.service, 'AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
    const roles = [...functions.values()].map(({ properties }) => asText(properties['Role']));
    expect(new Set(roles).size).toBe(functions.size);
    expectEvery(dev.service, 'AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  it('run on ARM, but for the one whose database is machine code of the build machine', () => {
    const others = [...functions].filter(([, { properties }]) => asText(properties['Architectures']) !== '["arm64"]');
    expect(others.map(([name, { properties }]) => [name, properties['Architectures']])).toEqual([
      ['reconcile-day', ['x86_64']],
    ]);
  });

  it('are told their stage, table and name', () => {
    for (const [name, { properties }] of functions) {
      expect(properties['Environment']).toMatchObject({
        Variables: {
          STAGE: 'dev',
          TABLE_NAME: expect.anything(),
          POWERTOOLS_SERVICE_NAME: name,
          POWERTOOLS_METRICS_NAMESPACE: 'bienlai-dev-service',
        },
      });
    }
  });

  it.each([...functions])('%s is told all that it reads and nothing else', (name, { properties }) => {
    const read = [...sourceOf(name).matchAll(variablePattern)].map(([, variable, schema]) => ({
      variable,
      schema,
    }));
    const given = Object.keys(variablesSchema.parse(properties).Environment.Variables);
    const missing = read.filter(
      ({ variable = '', schema = '' }) => !given.includes(variable) && !/optional|default/.test(schema),
    );
    const known = ['STAGE', 'TABLE_NAME', ...read.map(({ variable }) => variable)];
    expect(missing).toEqual([]);
    expect(given.filter((variable) => !variable.startsWith('POWERTOOLS_') && !known.includes(variable))).toEqual([]);
  });

  it('give a gateway its answer long before it gives up, and the API before it gives up on them', () => {
    expect(functions.get('accept-callback')?.properties['Timeout']).toBeLessThanOrEqual(10);
    expect(functions.get('start-payment')?.properties['Timeout']).toBeLessThan(30);
  });
});

describe('the stream', () => {
  const mappings = resourcesOf(dev.service, 'AWS::Lambda::EventSourceMapping');
  const filtersOf = (name: string) => {
    const mapping = mappings.find(({ logicalId }) => logicalId.startsWith(name.replace('-', '')));
    const criteria: unknown = mapping?.properties['FilterCriteria'];
    return asText(criteria).replaceAll('\\"', "'");
  };

  it('has two consumers and no third', () => {
    expect(mappings).toHaveLength(2);
  });

  it('is read in order from its beginning, and a batch that fails is halved, repeated and kept', () => {
    expectEvery(dev.service, 'AWS::Lambda::EventSourceMapping', {
      BatchSize: 100,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: 5,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetStackOutput': Match.anyValue() } } },
      MetricsConfig: { Metrics: ['EventCount'] },
    });
    for (const { properties } of mappings) expect(asText(properties['DestinationConfig'])).toContain('Evidence');
  });

  it('wakes issue-receipt for paid payments only', () => {
    expect(filtersOf('issue-receipt')).toContain(
      "{'eventName':['INSERT','MODIFY'],'dynamodb':{'NewImage':{'entity':{'S':['payment']},'state':{'S':['paid']}}}}",
    );
    expect(filtersOf('issue-receipt')).not.toContain('expired');
  });

  it('wakes confirm-dossier for payments at an end, for signed receipts and for refunds that are done', () => {
    expect(filtersOf('confirm-dossier')).toContain(
      "'entity':{'S':['payment']},'state':{'S':['paid','expired','waived']}",
    );
    expect(filtersOf('confirm-dossier')).toContain(
      "{'NewImage':{'entity':{'S':['receipt']},'state':{'S':['signed']}}}",
    );
    expect(filtersOf('confirm-dossier')).toContain("'entity':{'S':['refund']},'state':{'S':['refunded']}");
  });
});

describe('the sweep', () => {
  it('starts every minute, or as often as the context says', () => {
    const everyFive = synthesise({ chaseEveryMinutes: '5' });
    expectResource(dev.service, 'AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 minute)' });
    expectResource(everyFive.service, 'AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(5 minutes)' });
  });

  it('is not repeated when it fails, since the next one comes, but a start that fails is kept', () => {
    expectResource(dev.service, 'AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
    expectResource(dev.service, 'AWS::Scheduler::Schedule', {
      Target: { DeadLetterConfig: { Arn: Match.anyValue() }, RetryPolicy: { MaximumRetryAttempts: 0 } },
    });
  });

  it('ends before the next one starts', () => {
    expect(functions.get('chase-payments')?.properties['Timeout']).toBeLessThan(60);
  });
});

describe('reconciliation', () => {
  it('starts with every file in the bucket of statements, and each morning in Vietnam', () => {
    expectResource(dev.service, 'AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [{ 'Fn::GetStackOutput': Match.anyValue() }] } },
      },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
    expectResource(dev.service, 'AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 9 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh',
      Target: { Input: '{"look":"missing-statements"}', DeadLetterConfig: { Arn: Match.anyValue() } },
    });
  });

  it('is repeated when it fails, and kept when it fails for good', () => {
    expectResource(dev.service, 'AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it('has room for the files of a day and its neighbours, and the time to ask gateways', () => {
    expect(functions.get('reconcile-day')?.properties).toMatchObject({
      MemorySize: 3_008,
      Timeout: 900,
      EphemeralStorage: { Size: 4_096 },
    });
  });
});

const staffRoutes = [
  'ANY /v1/finance/corrections',
  'ANY /v1/finance/corrections/{proxy+}',
  'ANY /v1/finance/refunds',
  'ANY /v1/finance/refunds/{proxy+}',
  'ANY /v1/finance/{proxy+}',
];

describe('the routes', () => {
  const routes = new Map(
    resourcesOf(dev.service, 'AWS::ApiGatewayV2::Route').map(({ properties }) => [properties['RouteKey'], properties]),
  );

  it('are the five of the contract, three for whoever is shown a receipt, and what lies under /v1/finance/', () => {
    expect([...routes.keys()].map(String).sort()).toEqual([
      'ANY /callbacks/{gateway}/{merchant}',
      ...staffRoutes,
      'GET /r/{code}',
      'GET /return/{gateway}/{merchant}',
      'GET /v1/payments/{paymentId}',
      'GET /verify',
      'POST /v1/payments',
      'POST /v1/payments/{paymentId}/attempts',
      'POST /verify',
    ]);
  });

  it.each([
    ['POST /v1/payments', 'payments:write'],
    ['GET /v1/payments/{paymentId}', 'payments:read'],
    ['POST /v1/payments/{paymentId}/attempts', 'payments:write'],
  ])('%s wants a token with %s', (route, scope) => {
    expect(routes.get(route)).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: [scope] });
  });

  it.each([
    'ANY /callbacks/{gateway}/{merchant}',
    'GET /return/{gateway}/{merchant}',
    'GET /r/{code}',
    'GET /verify',
    'POST /verify',
  ])('%s wants no token', (route) => {
    expect(routes.get(route)).toMatchObject({ AuthorizationType: 'NONE' });
    expect(routes.get(route)).not.toHaveProperty('AuthorizationScopes');
  });

  it.each(staffRoutes)('%s wants a token of finance staff', (route) => {
    const authorizers = resourcesOf(dev.service, 'AWS::ApiGatewayV2::Authorizer');
    const { logicalId } = authorizers.find(({ properties }) => properties['Name'] === 'FinanceStaff') ?? {};
    expect(routes.get(route)).toMatchObject({
      AuthorizationType: 'JWT',
      AuthorizationScopes: ['finance'],
      AuthorizerId: { Ref: logicalId ?? 'none' },
    });
  });

  it('of the public and of people are throttled by themselves, and are there before the stage that names them', () => {
    const [stage] = resourcesOf(dev.service, 'AWS::ApiGatewayV2::Stage');
    expect(stage?.properties['RouteSettings']).toEqual({
      'GET /r/{code}': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      'GET /verify': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      'POST /verify': { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      ...Object.fromEntries(staffRoutes.map((route) => [route, { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 50 }])),
    });
    const named = resourcesOf(dev.service, 'AWS::ApiGatewayV2::Route').map(({ logicalId }) => logicalId);
    expect(dev.service.toJSON()).toMatchObject({
      Resources: { [stage?.logicalId ?? '']: { DependsOn: expect.arrayContaining(named) } },
    });
  });

  it('believe the issuer and audience of the context', () => {
    const { service } = synthesise({
      issuer: 'https://login.example.vn',
      audience: 'somebody',
      staffIssuer: 'https://staff.example.vn',
      staffAudience: 'desk',
      staffRolesClaim: 'cognito:groups',
    });
    const believed = resourcesOf(service, 'AWS::ApiGatewayV2::Authorizer').map(({ properties }) => properties);
    expect(believed).toMatchObject([
      { AuthorizerType: 'JWT', JwtConfiguration: { Issuer: 'https://login.example.vn', Audience: ['somebody'] } },
      { AuthorizerType: 'JWT', JwtConfiguration: { Issuer: 'https://staff.example.vn', Audience: ['desk'] } },
    ]);
    expect(asText(functionsOf(service).get('refund-payment')?.properties['Environment'])).toContain(
      '"STAFF_ROLES_CLAIM":"cognito:groups"',
    );
  });

  it('are throttled, and their log names no person', () => {
    expectResource(dev.service, 'AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 },
    });
    const [stage] = resourcesOf(dev.service, 'AWS::ApiGatewayV2::Stage');
    expect(asText(stage?.properties['AccessLogSettings'])).toContain('$context.routeKey');
    expect(asText(stage?.properties['AccessLogSettings'])).not.toMatch(/sourceIp|userAgent|\$context\.path|query/);
  });
});

describe('the edge', () => {
  it('passes everything on but the host, caches nothing and never redirects', () => {
    expectResource(dev.service, 'AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultCacheBehavior: {
          AllowedMethods: Match.arrayWith(['GET', 'PUT', 'POST']),
          // The ready-made policies: caching disabled, all of the viewer's request except its host header.
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
          ViewerProtocolPolicy: 'https-only',
        },
        WebACLId: { 'Fn::GetStackOutput': Match.objectLike({ Region: 'us-east-1' }) },
      },
    });
  });

  it('proves itself to the API by a secret that no template shows', () => {
    expectResource(dev.service, 'AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [Match.objectLike({ OriginCustomHeaders: [Match.objectLike({ HeaderName: 'x-origin-secret' })] })],
      },
    });
    const [distribution] = resourcesOf(dev.service, 'AWS::CloudFront::Distribution');
    expect(asText(distribution?.properties)).toContain('{{resolve:secretsmanager:');
    for (const name of ['start-payment', 'accept-callback', 'verify-receipt', 'finance-desk', 'refund-payment']) {
      expect(asText(functions.get(name)?.properties['Environment'])).toContain('ORIGIN_SECRET_ID');
    }
  });

  it('tells the API the caller’s address, whatever the caller claims', () => {
    const [edgeFunction] = resourcesOf(dev.service, 'AWS::CloudFront::Function');
    const code = String(edgeFunction?.properties['FunctionCode']);
    const event = {
      viewer: { ip: '203.0.113.9' },
      request: { headers: { 'x-viewer-address': { value: '10.0.0.1' }, accept: { value: '*/*' } } },
    };
    const passedOn: unknown = runInNewContext(`${code}; handler(${asText(event)});`);
    expect(passedOn).toEqual({
      headers: { 'x-viewer-address': { value: '203.0.113.9' }, accept: { value: '*/*' } },
    });
  });

  it('is the only door once the API has a name of its own', () => {
    expectResource(prod.service, 'AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    expectResource(prod.service, 'AWS::ApiGatewayV2::ApiMapping', { DomainName: Match.anyValue() });
    expectResource(prod.service, 'AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['thanhtoan.example.vn'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
        Origins: [Match.objectLike({ DomainName: 'api.thanhtoan.example.vn' })],
      },
    });
    const [callback] = [...functionsOf(prod.service).values()];
    expect(asText(callback?.properties['Environment'])).toContain('"https://thanhtoan.example.vn"');
  });
});
