import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies BucketProps;

/** Where S3 writes who asked the other buckets for what. */
export class AccessLogBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    // S3 cannot write its access logs to a bucket with a customer key.
    super(scope, id, {
      ...closed,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(400) }],
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects('*')],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}

export type PrivateBucketProps = Pick<
  BucketProps,
  'versioned' | 'objectLockEnabled' | 'objectLockDefaultRetention' | 'lifecycleRules' | 'cors'
> & {
  readonly encryptionKey: IKey;
  readonly accessLogs: AccessLogBucket;
  /** Sends the bucket's events to EventBridge, from where rules start functions. */
  readonly tellsEventBridge?: boolean;
};

/** A bucket of this house: never public, TLS only, encrypted by our key, access logged, never deleted with its stack. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    const { accessLogs, tellsEventBridge, ...rest } = props;
    super(scope, id, { ...rest, ...closed, encryption: BucketEncryption.KMS, bucketKeyEnabled: true });
    const { defaultChild } = this.node;
    if (!(defaultChild instanceof CfnBucket)) throw new Error(`Bucket ${id} has no resource of its own`);
    defaultChild.loggingConfiguration = { destinationBucketName: accessLogs.bucketName, logFilePrefix: `${id}/` };
    if (tellsEventBridge) {
      // The construct's own switch would bring a custom resource with a function that may change any bucket.
      defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
  }
}
