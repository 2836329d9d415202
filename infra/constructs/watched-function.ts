import { CfnResource, Duration, type Size, Stack } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { AlarmDesk } from './alarm-desk.ts';
import { bundledCode, copyFonts } from './bundling.ts';
import { copyDuckDb, duckDbArchitecture } from './duckdb-binding.ts';

export interface WatchedFunctionProps {
  /**
   * What it means to people when this function fails, as one plain English sentence. It stands in the text of each of
   * its alarms; a function cannot be declared without it.
   */
  readonly failureMeans: string;
  readonly alarms: AlarmDesk;
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The function prints, and finds the fonts beside its code. */
  readonly prints?: boolean;
  /** The function queries files with DuckDB, and finds its machine code beside its own. */
  readonly queries?: boolean;
  /** Room for temporary files; Lambda's 512 MB where it is left out. */
  readonly temporaryStorage?: Size;
}

/** Key of the template metadata that holds a function's entry path, relative to the project's root. */
export const entryMetadata = 'bienlai:entry';

/** Stages may share an account: their figures must not run together. */
const metricsNamespaceOf = (scope: Construct) => Stack.of(scope).stackName;

/** A function of this house: `functions/<name>/handler.ts`, with its own role, log group and alarms. */
export class WatchedFunction extends LambdaFunction {
  readonly alarms: AlarmDesk;
  readonly name: string;

  /** @param name folder of the function, and prefix of its alarms and their runbook headings */
  constructor(scope: Construct, name: string, props: WatchedFunctionProps) {
    const entry = `functions/${name}/handler.ts`;
    const logGroup = new LogGroup(scope, `${name}-logs`, { retention: RetentionDays.ONE_YEAR });
    // A role of its own instead of the managed policy, which may write to every log group of the account.
    const role = new Role(scope, `${name}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, name, {
      code: bundledCode(entry, [...(props.prints ? [copyFonts] : []), ...(props.queries ? [copyDuckDb] : [])]),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: props.queries ? duckDbArchitecture : Architecture.ARM_64,
      ...(props.temporaryStorage === undefined ? {} : { ephemeralStorageSize: props.temporaryStorage }),
      role,
      logGroup,
      timeout: props.timeout,
      memorySize: props.memorySize,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespaceOf(scope),
      },
    });
    this.name = name;
    this.alarms = props.alarms;
    const { defaultChild } = this.node;
    if (defaultChild instanceof CfnResource) defaultChild.addMetadata(entryMetadata, entry);
    this.#watch(props);
  }

  /** A figure that the function reports itself. */
  ownMetric(metricName: string, options: MetricOptions): Metric {
    return new Metric({
      namespace: metricsNamespaceOf(this),
      metricName,
      dimensionsMap: { service: this.name },
      ...options,
    });
  }

  /** Counts the lines of its log that bear a code of the catalogue, together with those of other functions of the stack. */
  countLogged(code: string): void {
    this.logGroup.addMetricFilter(code, {
      filterPattern: FilterPattern.stringValue('$.code', '=', code),
      metricNamespace: metricsNamespaceOf(this),
      metricName: code,
    });
  }

  /** How often functions of the stack logged a code, of those that count it. */
  loggedMetric(code: string, options: MetricOptions): Metric {
    return new Metric({ namespace: metricsNamespaceOf(this), metricName: code, ...options });
  }

  #watch({ failureMeans, timeout, alarms }: WatchedFunctionProps): void {
    const fiveMinutes = { period: Duration.minutes(5) };
    alarms.watch(this, {
      name: `${this.name}-errors`,
      means: failureMeans,
      metric: this.metricErrors(fiveMinutes),
      threshold: 1,
    });
    alarms.watch(this, {
      name: `${this.name}-throttles`,
      means: `Lambda had no free instance for ${this.name}. ${failureMeans}`,
      metric: this.metricThrottles(fiveMinutes),
      threshold: 1,
    });
    alarms.watch(this, {
      name: `${this.name}-needs-a-person`,
      means: `Something in the log of ${this.name} at level ERROR waits for a person. At worst: ${failureMeans}`,
      metric: this.#countLoggedFaults(),
      threshold: 1,
    });
    alarms.watch(this, {
      name: `${this.name}-slow`,
      means: `The slowest runs of ${this.name} come close to its time-out. Beyond it: ${failureMeans}`,
      metric: this.metricDuration({ ...fiveMinutes, statistic: 'max' }),
      threshold: timeout.toMilliseconds() * 0.8,
      periods: 2,
    });
  }

  /** A fault that is caught and answered is no error of Lambda's; the function logs it (see the log catalogue). */
  #countLoggedFaults(): Metric {
    return this.logGroup
      .addMetricFilter('Faults', {
        filterPattern: FilterPattern.stringValue('$.level', '=', 'ERROR'),
        metricNamespace: metricsNamespaceOf(this),
        metricName: `${this.name}-faults`,
      })
      .metric({ period: Duration.minutes(5), statistic: 'sum' });
  }
}
