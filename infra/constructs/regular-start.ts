import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { WatchedFunction } from './watched-function.ts';
import { FailureQueue } from './watched-queue.ts';

export interface RegularStartProps {
  /** Time between two starts; longer than the function's time-out, so that runs do not meet. */
  readonly every: Duration;
  /** What it means to people when the function is not started any more. */
  readonly failureMeans: string;
}

/**
 * Starts a function again and again. A run that fails is not repeated, since the next one comes and does the same
 * work; a start that fails is kept, and silence rings.
 */
export function startRegularly(target: WatchedFunction, { every, failureMeans }: RegularStartProps): void {
  const { alarms, name } = target;
  const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
  target.configureAsyncInvoke(once);
  const deadLetterQueue = new FailureQueue(target, `${name}-start`, {
    failureMeans: `${failureMeans} A start was refused.`,
    alarms,
  });
  new Schedule(target, 'Schedule', {
    schedule: ScheduleExpression.rate(every),
    target: new LambdaInvoke(target, { ...once, deadLetterQueue }),
  });
  alarms.watch(target, {
    name: `${name}-stopped`,
    means: `${failureMeans} Nothing has started it for three intervals.`,
    metric: target.metricInvocations({ period: every, statistic: 'sum' }),
    threshold: 1,
    below: true,
    periods: 3,
    silence: TreatMissingData.BREACHING,
  });
}
