import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { indexes } from '#shared/adapters/payment-items.ts';
import {
  expectCount,
  expectEvery,
  expectEveryWhole,
  expectResource,
  expectWhole,
  prodContext,
  resourcesOf,
  synthesise,
} from './templates.ts';

const dev = synthesise();
const prod = synthesise(prodContext);

describe('the ledger', () => {
  it('survives mistakes: it is protected from deletion, restorable to any second and kept without its stack', () => {
    expectWhole(dev.data, 'AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { KMSMasterKeyId: Match.anyValue() },
          }),
        ],
      },
    });
  });

  it('has a key and five whole indexes from the first release, under the names that the adapters use', () => {
    const [table] = resourcesOf(dev.data, 'AWS::DynamoDB::GlobalTable');
    expect(table?.properties['KeySchema']).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    const keyed = (partition: string, sort?: string) => [
      { AttributeName: partition, KeyType: 'HASH' },
      ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' }]),
    ];
    const whole = { Projection: { ProjectionType: 'ALL' } };
    expect(table?.properties['GlobalSecondaryIndexes']).toEqual([
      { IndexName: indexes.chargesByDossier, KeySchema: keyed('dossierKey', 'createdAt'), ...whole },
      { IndexName: indexes.moneyByDay, KeySchema: keyed('moneyDay', 'moneyAt'), ...whole },
      { IndexName: indexes.paymentsDue, KeySchema: keyed('dueShard', 'dueAt'), ...whole },
      { IndexName: indexes.receiptsByNumber, KeySchema: keyed('seriesKey', 'receiptNumber'), ...whole },
      { IndexName: indexes.receiptsByLookup, KeySchema: keyed('lookupCode'), ...whole },
    ]);
  });

  it('counts receipt numbers as numbers, so that 10 comes after 9', () => {
    expectResource(dev.data, 'AWS::DynamoDB::GlobalTable', {
      AttributeDefinitions: Match.arrayWith([{ AttributeName: 'receiptNumber', AttributeType: 'N' }]),
    });
  });

  it('lies under a key of ours that changes every year', () => {
    expectEvery(dev.data, 'AWS::KMS::Key', { EnableKeyRotation: true });
  });
});

describe('the buckets', () => {
  it('are closed to the public and to plain HTTP, encrypted, and kept without their stack', () => {
    const buckets = resourcesOf(dev.data, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(4);
    expectEveryWhole(dev.data, 'AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: Match.anyValue(),
      },
    });
    expectCount(dev.data, 'AWS::S3::BucketPolicy', buckets.length);
    expectEvery(dev.data, 'AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('write down who asked for what, except the one that holds these notes', () => {
    const logging = resourcesOf(dev.data, 'AWS::S3::Bucket').filter(
      ({ properties }) => properties['LoggingConfiguration'] !== undefined,
    );
    expect(logging).toHaveLength(3);
    expectResource(dev.data, 'AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Action: 's3:PutObject',
          }),
        ]),
      },
    });
  });

  it.each([
    ['prod', prod, { Mode: 'COMPLIANCE', Days: 3653 }],
    ['dev', dev, { Mode: 'GOVERNANCE', Days: 1 }],
  ] as const)('lock receipts in %s', (_stage, { data }, retention) => {
    expectResource(data, 'AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: retention } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('give up evidence after two years', () => {
    expectResource(dev.data, 'AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 730, Status: 'Enabled' }] },
    });
  });

  it('tell EventBridge of statements without any function of CDK’s own', () => {
    expectResource(dev.data, 'AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    expectCount(dev.data, 'AWS::Lambda::Function', 0);
  });
});

describe('the queues', () => {
  it('keep the order of each dossier at high throughput, for fourteen days, encrypted', () => {
    expectResource(dev.data, 'AWS::SQS::Queue', {
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MessageRetentionPeriod: 1_209_600,
      KmsMasterKeyId: Match.anyValue(),
      RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: Match.anyValue() },
    });
  });

  it('each have a failure queue of their own kind', () => {
    const queues = resourcesOf(dev.data, 'AWS::SQS::Queue');
    const redriven = queues.filter(({ properties }) => properties['RedrivePolicy'] !== undefined);
    expect(redriven).toHaveLength(2);
    expect(queues).toHaveLength(4);
    expect(queues.filter(({ properties }) => properties['FifoQueue'] === true)).toHaveLength(2);
  });

  it('refuse plain HTTP and outlive their stack', () => {
    expectCount(dev.data, 'AWS::SQS::QueuePolicy', 4);
    expectEveryWhole(dev.data, 'AWS::SQS::Queue', { DeletionPolicy: 'Retain' });
  });
});

describe('termination protection', () => {
  it('guards every stack of prod and none of dev', () => {
    const guarded = ({ stacks }: typeof dev) => Object.values(stacks).map((stack) => stack.terminationProtection);
    expect(guarded(prod)).toEqual([true, true, true]);
    expect(guarded(dev)).toEqual([false, false, false]);
  });
});

describe('the keys that sign receipts', () => {
  it('are made for the organisations of the context, before an authority has certified them', () => {
    const { data } = synthesise({ signingKeysFor: ['5709990011', '5709990022-001'] });
    const aliases = resourcesOf(data, 'AWS::KMS::Alias').map(({ properties }) => properties['AliasName']);
    expect(aliases).toEqual(['alias/bienlai-dev-5709990011', 'alias/bienlai-dev-5709990022-001']);
  });

  it('are none where nobody asked for one', () => {
    expect(resourcesOf(dev.data, 'AWS::KMS::Alias')).toEqual([]);
  });
});
