import { Duration, Size, TimeZone } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { type HealingParts, letHeal, type SecretPrefixes } from './healing-grants.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { WatchedFunction } from './watched-function.ts';
import { FailureQueue } from './watched-queue.ts';

/**
 * The function that compares a day's statement with the ledger. Its instances are not limited: an account sends one file
 * a day, runs of one day may meet, and a reserve would be taken away from callbacks.
 */
export const statementReconciling = {
  failureMeans: 'A day of money is not compared with the gateway: lost payments and missing receipts stay unnoticed.',
  // A million rows on both sides take a second of two processors and 600 MB; the rest is for reading the ledger's day.
  memorySize: 3_008,
  temporaryStorage: Size.gibibytes(4),
  timeout: Duration.minutes(15),
  queries: true,
  prints: true,
} as const;

export interface ReconcilingParts extends HealingParts {
  readonly statements: PrivateBucket;
}

/** Lets it read statements and the ledger's days, record what it finds, and heal what it can. */
export function letReconcile(target: WatchedFunction, parts: ReconcilingParts, prefixes: SecretPrefixes): void {
  letHeal(target, parts, prefixes);
  // The check is of the run that may still write, in the transactions that write its exceptions.
  parts.ledger.grant(target, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], ['money-by-day']);
  // The version too: a file may be replaced while the event of the older one is on its way.
  const actions = ['s3:GetObject', 's3:GetObjectVersion'];
  Grant.addToPrincipal({ grantee: target, actions, resourceArns: [parts.statements.arnForObjects('*')] });
}

/**
 * Starts it with each file that arrives, and each morning to see which did not; what could not be done is kept and rings.
 * @param reminderHour as 09:00, in Vietnam: an hour after files are expected (receipt rules §10.2)
 */
export function startByStatements(
  target: WatchedFunction,
  { statements, reminderHour }: { readonly statements: PrivateBucket; readonly reminderHour: string },
): void {
  const { alarms, name } = target;
  const deadLetterQueue = new FailureQueue(target, `${name}-start`, {
    failureMeans:
      'A statement arrived and was not reconciled after all repetitions, or nobody looked which statements are missing.',
    alarms,
  });
  // A fault of a file is no failure: what is repeated here is an outage.
  target.configureAsyncInvoke({ retryAttempts: 2, onFailure: new SqsDestination(deadLetterQueue) });
  new Rule(target, 'StatementArrived', {
    description: 'A statement was put into the bucket of statements',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [statements.bucketName] } },
    },
    targets: [new LambdaFunction(target, { deadLetterQueue })],
  });
  const [hour = '', minute = ''] = reminderHour.split(':').map((part) => String(Number(part)));
  new Schedule(target, 'MissingStatements', {
    description: 'Looks which statements have not arrived',
    schedule: ScheduleExpression.cron({ minute, hour, timeZone: TimeZone.of('Asia/Ho_Chi_Minh') }),
    target: new LambdaInvoke(target, {
      deadLetterQueue,
      input: ScheduleTargetInput.fromObject({ look: 'missing-statements' }),
    }),
  });
  for (const { alarm, metric, means } of morningFigures) {
    alarms.watch(target, {
      name: `${name}-${alarm}`,
      means,
      metric: target.ownMetric(metric, { period: Duration.hours(1), statistic: 'max' }),
      threshold: 1,
    });
  }
}

/** What the morning's look counts; each rings once a day, until nothing is left. */
const morningFigures = [
  {
    alarm: 'statement-missing',
    metric: 'StatementsMissing',
    means: 'A day cannot be reconciled with a gateway or a bank: its statement had not arrived in the morning.',
  },
  {
    alarm: 'exceptions-overdue',
    metric: 'OverdueExceptions',
    means: 'Differences between our books and a gateway have waited longer than anybody was allowed to let them lie.',
  },
  {
    alarm: 'day-not-closed',
    metric: 'DaysNotClosed',
    means: 'A day of money is not closed although its time is over: nobody has vouched for it yet.',
  },
] as const;
