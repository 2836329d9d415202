import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** One thing that is watched, and what it means to people when it goes wrong. */
export interface Watch {
  /** Name of the alarm and of its heading in `docs/runbook.md`: small letters, digits and hyphens. */
  readonly name: string;
  /** A plain English sentence in ASCII (CloudFormation gives other characters back as `?`, so every diff shows them). */
  readonly means: string;
  readonly metric: IMetric;
  /** The alarm rings from this value on; with `below` set, under it. */
  readonly threshold: number;
  readonly below?: boolean;
  /** How many periods in a row; one by default. */
  readonly periods?: number;
  /** What silence of the metric means; by default that all is well. */
  readonly silence?: TreatMissingData;
}

/** Where every alarm of the product arrives. It belongs to the data: its subscriptions were confirmed by people. */
export class AlarmDesk extends Construct {
  readonly topic: Topic;
  readonly #prefix: string;

  constructor(scope: Construct, id: string, props: { readonly prefix: string; readonly email: string | undefined }) {
    super(scope, id);
    this.#prefix = props.prefix;
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    const key = new Key(this, 'Key', { description: 'Alarm messages of bien-lai', enableKeyRotation: true });
    // CloudWatch publishes under its own name, which the service's default key would refuse.
    key.grantEncryptDecrypt(cloudWatch);
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.topic.grantPublish(cloudWatch);
    if (props.email !== undefined) this.topic.addSubscription(new EmailSubscription(props.email));
  }

  /** Declares an alarm in the scope of what it watches. */
  watch(scope: Construct, watch: Watch): Alarm {
    if (!/^[\x20-\x7e]{20,800}$/.test(watch.means)) {
      throw new Error(`Alarm ${watch.name}: say what its failure means to people, in 20 to 800 ASCII characters`);
    }
    const alarm = new Alarm(scope, watch.name, {
      alarmName: `${this.#prefix}-${watch.name}`,
      alarmDescription: `${watch.means} What to do: docs/runbook.md#${watch.name}`,
      metric: watch.metric,
      threshold: watch.threshold,
      evaluationPeriods: watch.periods ?? 1,
      comparisonOperator: watch.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: watch.silence ?? TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}
