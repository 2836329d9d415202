import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AlarmDesk } from './alarm-desk.ts';

/** What a queue cannot be declared without. */
export interface QueueMeaning {
  /** What a message that could not be delivered means to people; it becomes the alarm's text. */
  readonly failureMeans: string;
  readonly alarms: AlarmDesk;
}

export type FailureQueueProps = QueueMeaning & Pick<QueueProps, 'fifo'> & { readonly encryptionKey?: IKey };

/** The longest that SQS keeps a message: weekends and holidays must not lose one. */
const longestRetention = Duration.days(14);

const protectedBy = (encryptionKey: IKey | undefined) =>
  ({
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    retentionPeriod: longestRetention,
    ...(encryptionKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
  }) satisfies QueueProps;

/** Where messages end that could not be delivered; one message is enough for its alarm. */
export class FailureQueue extends Queue {
  /** @param name of the alarm `<name>-failed` and of its heading in the runbook */
  constructor(scope: Construct, name: string, props: FailureQueueProps) {
    super(scope, `${name}-failed`, { ...protectedBy(props.encryptionKey), ...(props.fifo ? { fifo: true } : {}) });
    props.alarms.watch(this, {
      name: `${name}-failed`,
      means: props.failureMeans,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'max' }),
      threshold: 1,
    });
  }
}

export type WatchedQueueProps = QueueMeaning &
  Pick<QueueProps, 'fifo' | 'deduplicationScope' | 'fifoThroughputLimit'> & {
    readonly encryptionKey: IKey;
    /** At least six times the time-out of the function that reads the queue. */
    readonly visibilityTimeout: Duration;
  };

/** A queue with its failure queue and alarm. */
export class WatchedQueue extends Queue {
  constructor(scope: Construct, name: string, props: WatchedQueueProps) {
    const { failureMeans, alarms, encryptionKey, ...rest } = props;
    const { fifo } = rest;
    const failures = new FailureQueue(scope, name, { failureMeans, alarms, encryptionKey, ...(fifo ? { fifo } : {}) });
    super(scope, name, {
      ...rest,
      ...protectedBy(encryptionKey),
      deadLetterQueue: { queue: failures, maxReceiveCount: 5 },
    });
  }
}
