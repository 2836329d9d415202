import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { LedgerTable } from './ledger-table.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { WatchedFunction } from './watched-function.ts';

/** A filter of Lambda's event sources: the shape of a stream record as JSON. */
export interface ChangeFilter {
  readonly pattern: string;
}

/** A new or changed item whose text attributes have one of these values. */
export function changeOf(attributes: Readonly<Record<string, readonly string[]>>): ChangeFilter {
  const image = Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, { S: values }]));
  return { pattern: JSON.stringify({ eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: image } }) };
}

export interface StreamConsumerProps {
  readonly ledger: LedgerTable;
  /** Which changes concern the function; a change passes when one of them matches. */
  readonly changes: readonly ChangeFilter[];
  /** How long a batch may gather. */
  readonly gatherFor: Duration;
  /** Keeps the records of a batch that failed after all retries, images included. */
  readonly failures: PrivateBucket;
  /** The key of both. */
  readonly encryptionKey: IKey;
  /** What late or given up records mean to people. */
  readonly failureMeans: string;
}

/**
 * Feeds a function from the ledger's stream as DESIGN §3 wants it. A record that is given up is no loss, since the
 * sweep finds what its payment still owes, but someone must look.
 */
export function consumeStream(consumer: WatchedFunction, props: StreamConsumerProps): void {
  const { ledger, failures } = props;
  const mapping = consumer.addEventSourceMapping('Changes', {
    eventSourceArn: ledger.streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    maxBatchingWindow: props.gatherFor,
    parallelizationFactor: 1,
    retryAttempts: 5,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    filters: [...props.changes],
    onFailure: { bind: () => ({ destination: failures.bucketArn }) },
    supportS3OnFailureDestination: true,
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
  letConsume(consumer, props);
  watchProgress(consumer, mapping.eventSourceMappingId, props.failureMeans);
}

/** Less than the ready-made event source gives, which may also read and delete everything in the bucket. */
function letConsume(consumer: WatchedFunction, { ledger, failures, encryptionKey }: StreamConsumerProps): void {
  Grant.addToPrincipal({
    grantee: consumer,
    actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((action) => `dynamodb:${action}`),
    resourceArns: [ledger.streamArn],
  });
  Grant.addToPrincipal({ grantee: consumer, actions: ['s3:ListBucket'], resourceArns: [failures.bucketArn] });
  // Lambda itself chooses names under this prefix.
  const resourceArns = [failures.arnForObjects('aws/lambda/*')];
  Grant.addToPrincipal({ grantee: consumer, actions: ['s3:PutObject'], resourceArns });
  encryptionKey.grant(consumer, 'kms:Decrypt', 'kms:GenerateDataKey');
}

function watchProgress(consumer: WatchedFunction, mappingId: string, failureMeans: string): void {
  const { alarms, name } = consumer;
  alarms.watch(consumer, {
    name: `${name}-falls-behind`,
    means: `${failureMeans} The oldest unread change is more than ten minutes old.`,
    metric: consumer.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'max' }),
    threshold: Duration.minutes(10).toMilliseconds(),
    periods: 2,
  });
  alarms.watch(consumer, {
    name: `${name}-gives-up`,
    means: `${failureMeans} Changes were given up after all retries; look into the evidence bucket.`,
    metric: givenUp(mappingId),
    threshold: 1,
  });
}

/** Records that left the stream unprocessed, whether or not they reached the bucket. */
function givenUp(mappingId: string): MathExpression {
  const count = (metricName: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: mappingId },
      statistic: 'sum',
    });
  return new MathExpression({
    expression: 'FILL(delivered, 0) + FILL(dropped, 0)',
    usingMetrics: { delivered: count('OnFailureDestinationDeliveredEventCount'), dropped: count('DroppedEventCount') },
    period: Duration.minutes(5),
  });
}
