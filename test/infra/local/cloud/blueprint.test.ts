import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Blueprint, readBlueprint } from '#infra/local/cloud/blueprint.ts';
import { tableDefinitionOf } from '#infra/local/cloud/create-resources.ts';
import { gatherEnvironment, type LocalFacts } from '#infra/local/cloud/local-environment.ts';
import { bucketNameOf, localValues } from '#infra/local/cloud/local-names.ts';
import { readStacks } from '#infra/local/cloud/synthesise.ts';
import { type Stacks, stackTemplateSchema } from '#infra/local/cloud/template.ts';

const facts: LocalFacts = {
  publicBaseUrl: 'http://localhost:4400',
  dynamoDbEndpoint: 'http://127.0.0.1:4401',
  queueAndBucketEndpoint: 'http://127.0.0.1:4402',
  secretsFile: '/state/secrets.json',
  originSecretFile: '/state/origin-secret',
  signingSecretsFile: '/state/signing/secrets.json',
  trustAnchorsFile: '/state/signing/trust-anchors.pem',
};
const values = localValues({ queueEndpoint: facts.queueAndBucketEndpoint, streamArn: 'arn:stream' });

describe('what the local runner reads from the synthesised templates', () => {
  let stacks: Stacks;
  let blueprint: Blueprint;
  beforeAll(async () => {
    stacks = await readStacks();
    blueprint = readBlueprint(stacks, bucketNameOf);
  }, 60_000);

  const entryOf = (functionId: string) => blueprint.functions.find(({ id }) => id === functionId)?.entry;

  it('is every route with the function behind it and the scopes in front', () => {
    const routes = blueprint.routes.map(({ routeKey, functionId, guard }) => [
      routeKey,
      entryOf(functionId),
      guard?.scopes,
    ]);

    expect(routes).toEqual(
      expect.arrayContaining([
        ['POST /v1/payments', 'functions/start-payment/handler.ts', ['payments:write']],
        ['GET /v1/payments/{paymentId}', 'functions/start-payment/handler.ts', ['payments:read']],
        ['POST /v1/payments/{paymentId}/attempts', 'functions/start-payment/handler.ts', ['payments:write']],
        ['ANY /callbacks/{gateway}/{merchant}', 'functions/accept-callback/handler.ts', undefined],
        ['GET /return/{gateway}/{merchant}', 'functions/accept-callback/handler.ts', undefined],
        ['ANY /v1/finance/refunds/{proxy+}', 'functions/refund-payment/handler.ts', ['finance']],
        ['ANY /v1/finance/corrections/{proxy+}', 'functions/correct-receipt/handler.ts', ['finance']],
        ['ANY /v1/finance/{proxy+}', 'functions/finance-desk/handler.ts', ['finance']],
      ]),
    );
  });

  it('is the audience that tokens must name: one for the dossier system, another one for finance staff', () => {
    const audienceOf = (wanted: string) => {
      const route = blueprint.routes.find(({ routeKey }) => routeKey === wanted);
      return blueprint.authorizers.get(route?.guard?.authorizerId ?? '')?.audience;
    };
    expect(audienceOf('POST /v1/payments')).toEqual(['bien-lai']);
    expect(audienceOf('ANY /v1/finance/{proxy+}')).toEqual(['bien-lai-staff']);
  });

  it('is both stream consumers with filter, retries and failure bucket', () => {
    const entries = blueprint.consumers.map(({ functionId }) => entryOf(functionId));

    expect(entries.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'functions/confirm-dossier/handler.ts',
      'functions/issue-receipt/handler.ts',
    ]);
    for (const consumer of blueprint.consumers) {
      expect(consumer.rules).toEqual({ retryAttempts: 5, bisectOnError: true, reportsItemFailures: true });
      expect(consumer.failureBucket).toMatch(/evidence/);
      expect(consumer.filter.matches({ eventName: 'MODIFY', dynamodb: { NewImage: { entity: { S: 'claim' } } } })).toBe(
        false,
      );
    }
  });

  it('is the schedule of the sweep, and that of the morning’s look for missing statements', () => {
    const schedules = blueprint.schedules.map(({ functionId, timetable, input }) => [
      entryOf(functionId),
      timetable.pauseMs(Date.parse('2026-11-23T01:00:00.000Z')),
      input,
    ]);
    expect(schedules).toEqual([
      ['functions/chase-payments/handler.ts', 60_000, {}],
      ['functions/reconcile-day/handler.ts', 3_600_000, { look: 'missing-statements' }],
    ]);
  });

  it('is the rule that starts reconciliation with a file in the bucket of statements, and in no other', () => {
    const arrived = (name: string) => ({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name }, object: { key: 'vnpay/ttpvhcc/2026-11-22/a.csv' } },
    });
    const [rule] = blueprint.rules;
    expect(rule?.functionIds.map(entryOf)).toEqual(['functions/reconcile-day/handler.ts']);
    const { STATEMENTS_BUCKET = '', RECEIPTS_BUCKET = '' } = gatherEnvironment(
      blueprint.functions,
      facts,
      stacks,
      values,
    );
    expect([STATEMENTS_BUCKET, RECEIPTS_BUCKET].map((name) => rule?.filter.matches(arrived(name)))).toEqual([
      true,
      false,
    ]);
  });

  it('is the table with its five indexes and its stream', () => {
    expect(tableDefinitionOf(stacks)).toMatchObject({
      KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
      GlobalSecondaryIndexes: Array.from({ length: 5 }, () => ({ Projection: { ProjectionType: 'ALL' } })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('is the environment of all functions, with local values where the cloud has its own', () => {
    const environment = gatherEnvironment(blueprint.functions, facts, stacks, values);

    expect(environment).toMatchObject({
      STAGE: 'dev',
      PUBLIC_BASE_URL: 'http://localhost:4400',
      SECRETS_FILE: '/state/secrets.json',
      SECRETS_PREFIX: undefined,
      ORIGIN_SECRET_ID: undefined,
      TABLE_NAME: expect.stringMatching(/^Ledger/),
      DOSSIER_QUEUE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:4402\/000000000000\/dossierqueue.*\.fifo$/),
      RECEIPTS_BUCKET: expect.stringMatching(/^receipts/),
      EVIDENCE_BUCKET: expect.stringMatching(/^evidence/),
      AWS_PROFILE: undefined,
    });
  });
});

describe('a template that the local runner cannot play', () => {
  it('is refused when a queue feeds a function, naming both', () => {
    const Properties = { EventSourceArn: { 'Fn::GetAtt': ['acks', 'Arn'] }, FunctionName: { Ref: 'recordAck' } };
    const stack = stackTemplateSchema.parse({
      Resources: {
        acks: { Type: 'AWS::SQS::Queue' },
        recordAck: { Type: 'AWS::Lambda::Function' },
        authorizer: {
          Type: 'AWS::ApiGatewayV2::Authorizer',
          Properties: { JwtConfiguration: { Issuer: 'http://localhost:4403', Audience: ['bien-lai'] } },
        },
        mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties },
      },
    });

    expect(() => readBlueprint({ service: stack }, bucketNameOf)).toThrow('recordAck is fed by acks, but');
  });
});

describe('an environment that the local runner cannot give', () => {
  const stacks: Stacks = { service: stackTemplateSchema.parse({ Resources: { key: { Type: 'AWS::KMS::Key' } } }) };
  const functionWith = (name: string, environment: Readonly<Record<string, unknown>>) => ({
    id: name,
    entry: `functions/${name}/handler.ts`,
    timeoutSeconds: 10,
    stackName: 'service',
    environment,
  });

  it.each([
    [
      'two functions want different values under one name',
      [functionWith('a', { MODE: 'x' }), functionWith('b', { MODE: 'y' })],
      'MODE is "y" for functions/b/handler.ts but "x" for another function',
    ],
    [
      'a variable leads to something that does not exist here',
      [functionWith('a', { KEY: { 'Fn::GetAtt': ['key', 'Arn'] } })],
      /key \(AWS::KMS::Key\) has no Arn on this machine: .*local-environment\.ts/,
    ],
    [
      'a function of CloudFormation is not known here',
      [functionWith('a', { X: { 'Fn::Base64': 'x' } })],
      'The local runner cannot resolve Fn::Base64 in stack service.',
    ],
    [
      'a resource is not declared',
      [functionWith('a', { X: { Ref: 'gone' } })],
      'Stack service refers to gone, which it does not declare.',
    ],
  ])('is refused when %s', (_what, functions, message) => {
    expect(() => gatherEnvironment(functions, facts, stacks, values)).toThrow(message);
  });
});
