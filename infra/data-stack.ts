import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HttpMethods, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { DeduplicationScope, FifoThroughputLimit } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { taxCodesAtKms } from '#config/signing.ts';
import { AlarmDesk } from './constructs/alarm-desk.ts';
import { LedgerTable } from './constructs/ledger-table.ts';
import { AccessLogBucket, PrivateBucket } from './constructs/private-bucket.ts';
import { SigningKey } from './constructs/signing-key.ts';
import { WatchedQueue } from './constructs/watched-queue.ts';
import { type StageSettings, stackProps } from './stage-settings.ts';

/** Ten years with their leap days: how long accounting documents are kept. */
const tenYears = Duration.days(3653);

/** How long a raw callback or a failed stream record may lie (DESIGN §3). */
const twoYears = Duration.days(730);

/** Everything that must survive a new version of the service: money, receipts, messages, and who hears alarms. */
export class DataStack extends Stack {
  readonly ledger: LedgerTable;
  /** Receipt documents, write-once. */
  readonly receipts: PrivateBucket;
  /** Raw callbacks over 8 KiB, stream records that were given up, and the ledger of reconciled days for analysts. */
  readonly evidence: PrivateBucket;
  /** Where gateway and bank statements arrive. */
  readonly statements: PrivateBucket;
  /** Confirmations to the dossier system. */
  readonly dossierQueue: WatchedQueue;
  /** Where the dossier system says what it has taken over. */
  readonly acknowledgements: WatchedQueue;
  readonly alarms: AlarmDesk;
  readonly encryptionKey: Key;
  /** One of each organisation that signs by AWS KMS, also while its certificate is still on order. */
  readonly signingKeys: readonly SigningKey[];

  constructor(scope: Construct, settings: StageSettings) {
    super(scope, 'Data', stackProps(settings, 'data', 'Ledger, documents and messages of bien-lai'));
    this.alarms = new AlarmDesk(this, 'Alarms', { prefix: `bienlai-${settings.stage}`, email: settings.alarmEmail });
    this.encryptionKey = new Key(this, 'Key', { description: 'Data of bien-lai', enableKeyRotation: true });
    this.ledger = new LedgerTable(this, 'Ledger', { encryptionKey: this.encryptionKey });
    const { stage, signingKeysFor } = settings;
    this.signingKeys = [...new Set([...taxCodesAtKms(stage), ...signingKeysFor])].map(
      (taxCode) => new SigningKey(this, `SigningKey${taxCode}`, { stage, taxCode }),
    );

    const accessLogs = new AccessLogBucket(this, 'AccessLogs');
    const usual = { encryptionKey: this.encryptionKey, accessLogs };
    this.receipts = new PrivateBucket(this, 'Receipts', {
      ...usual,
      versioned: true,
      objectLockEnabled: true,
      // Nobody, the account's owner included, can shorten COMPLIANCE: dev must be able to clean up.
      objectLockDefaultRetention:
        settings.stage === 'prod'
          ? ObjectLockRetention.compliance(tenYears)
          : ObjectLockRetention.governance(Duration.days(1)),
    });
    this.evidence = new PrivateBucket(this, 'Evidence', { ...usual, lifecycleRules: [{ expiration: twoYears }] });
    this.statements = new PrivateBucket(this, 'Statements', {
      ...usual,
      versioned: true,
      tellsEventBridge: true,
      // Pages send statements by addresses that are signed for one file each: the address is the right, not the page.
      cors: [{ allowedMethods: [HttpMethods.PUT], allowedOrigins: ['*'], allowedHeaders: ['*'] }],
    });

    this.dossierQueue = this.#declareDossierQueue();
    this.acknowledgements = new WatchedQueue(this, 'acknowledgements', {
      failureMeans: 'The dossier system has confirmed a message, but we could not take note of it.',
      alarms: this.alarms,
      encryptionKey: this.encryptionKey,
      visibilityTimeout: Duration.minutes(6),
    });
    new CfnOutput(this, 'DossierQueueUrl', { value: this.dossierQueue.queueUrl });
    new CfnOutput(this, 'AcknowledgementQueueUrl', { value: this.acknowledgements.queueUrl });
    new CfnOutput(this, 'StatementsBucketName', { value: this.statements.bucketName });
  }

  #declareDossierQueue(): WatchedQueue {
    const queue = new WatchedQueue(this, 'dossier-queue', {
      failureMeans: 'The dossier system could not take over a confirmation: a paid dossier may stand still as unpaid.',
      alarms: this.alarms,
      encryptionKey: this.encryptionKey,
      visibilityTimeout: Duration.minutes(6),
      fifo: true,
      // Both together are the high-throughput mode: order and limits hold per dossier, not for the whole queue.
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    });
    this.alarms.watch(queue, {
      name: 'dossier-queue-unread',
      means: 'The dossier system has not read its confirmations for an hour: paid dossiers stand still as unpaid.',
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'max' }),
      threshold: Duration.hours(1).toSeconds(),
    });
    return queue;
  }
}
