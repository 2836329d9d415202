import * as z from 'zod';
import { type Read, readAuthorizers, readRoutes } from './declared-routes.ts';
import { type EventFilter, makeEventFilter } from './event-filter.ts';
import type { HttpRoute } from './http-routes.ts';
import type { JwtAuthorizerSettings } from './jwt-authorizer.ts';
import { type Timetable, timetableOf } from './scheduler.ts';
import type { RetryRules } from './stream-batch.ts';
import { type LocalValueOf, type Resource, resolveReferences, resourcesOf, type Stacks } from './template.ts';

/** A function as the template declares it. */
export interface DeclaredFunction {
  readonly id: string;
  /** Path of the source, from the project's root. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  /** Variables, some of which refer to resources. */
  readonly environment: Readonly<Record<string, unknown>>;
  readonly stackName: string;
}

/** A function that is fed by the ledger's stream. */
export interface DeclaredConsumer {
  readonly functionId: string;
  readonly filter: EventFilter;
  readonly batchSize: number;
  readonly rules: RetryRules;
  /** Bucket for what is given up. */
  readonly failureBucket: string;
}

export interface DeclaredSchedule {
  readonly functionId: string;
  readonly timetable: Timetable;
  /** The event that the function gets. */
  readonly input: unknown;
}

/** A rule of EventBridge: which events start which functions. */
export interface DeclaredRule {
  readonly functionIds: readonly string[];
  readonly filter: EventFilter;
}

/** What the local runner needs to know of the cloud side, read from the synthesised templates. */
export interface Blueprint {
  readonly functions: readonly DeclaredFunction[];
  readonly routes: readonly HttpRoute[];
  /** By the ids that routes give. */
  readonly authorizers: ReadonlyMap<string, JwtAuthorizerSettings>;
  readonly consumers: readonly DeclaredConsumer[];
  readonly schedules: readonly DeclaredSchedule[];
  readonly rules: readonly DeclaredRule[];
  /** Names of the buckets that tell EventBridge of their objects. */
  readonly tellingBuckets: readonly string[];
}

const functionType = 'AWS::Lambda::Function';

/**
 * Reads the templates; references to resources become their logical ids, those to buckets the buckets' names.
 * @throws Error naming what the local runner cannot play
 */
export function readBlueprint(stacks: Stacks, bucketNameOf: (resource: Resource) => string): Blueprint {
  const values: LocalValueOf = (resource) =>
    resource.type === 'AWS::S3::Bucket' ? bucketNameOf(resource) : resource.logicalId;
  const read = <Shape extends z.ZodRawShape>(resource: Resource, shape: Shape) =>
    z.object(shape).parse(resolveReferences(resource.properties, resource.stackName, stacks, values));
  return {
    functions: resourcesOf(stacks, functionType).flatMap(readFunction),
    routes: readRoutes(stacks, read),
    authorizers: readAuthorizers(stacks, read),
    consumers: resourcesOf(stacks, 'AWS::Lambda::EventSourceMapping').map((mapping) => {
      assertReadsLedger(read(mapping, { EventSourceArn: z.string(), FunctionName: z.string() }), stacks);
      return readConsumer(mapping, read);
    }),
    schedules: resourcesOf(stacks, 'AWS::Scheduler::Schedule').map((schedule) => readSchedule(schedule, read)),
    rules: resourcesOf(stacks, 'AWS::Events::Rule').map((rule) => readRule(rule, read)),
    tellingBuckets: resourcesOf(stacks, 'AWS::S3::Bucket').filter(tellsEventBridge).map(bucketNameOf),
  };
}

/** Functions without the house's metadata are the CDK's own helpers. */
function readFunction({ logicalId, stackName, properties, metadata }: Resource): DeclaredFunction[] {
  const entry = z.string().optional().parse(metadata['bienlai:entry']);
  if (entry === undefined) return [];
  const { Timeout, Environment } = z
    .object({
      Timeout: z.number(),
      Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
    })
    .parse(properties);
  return [{ id: logicalId, entry, timeoutSeconds: Timeout, environment: Environment.Variables, stackName }];
}

/** A queue-fed function needs a poller of its own kind. */
function assertReadsLedger(source: { EventSourceArn: string; FunctionName: string }, stacks: Stacks): void {
  const tables = resourcesOf(stacks, 'AWS::DynamoDB::GlobalTable').map(({ logicalId }) => logicalId);
  if (tables.includes(source.EventSourceArn)) return;
  throw new Error(
    `${source.FunctionName} is fed by ${source.EventSourceArn}, but the local runner feeds functions from the ledger's ` +
      'stream only: give it a poller for this source beside infra/local/cloud/stream-poller.ts.',
  );
}

function readConsumer(mapping: Resource, read: Read): DeclaredConsumer {
  const properties = read(mapping, {
    FunctionName: z.string(),
    StartingPosition: z.literal('TRIM_HORIZON'),
    BatchSize: z.number(),
    MaximumRetryAttempts: z.number(),
    BisectBatchOnFunctionError: z.boolean().default(false),
    FunctionResponseTypes: z.array(z.string()).default([]),
    FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).default({ Filters: [] }),
    DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }),
  });
  return {
    functionId: properties.FunctionName,
    filter: makeEventFilter(properties.FilterCriteria.Filters.map(({ Pattern }) => Pattern)),
    batchSize: properties.BatchSize,
    rules: {
      retryAttempts: properties.MaximumRetryAttempts,
      bisectOnError: properties.BisectBatchOnFunctionError,
      reportsItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    },
    failureBucket: properties.DestinationConfig.OnFailure.Destination,
  };
}

function readSchedule(schedule: Resource, read: Read): DeclaredSchedule {
  const { ScheduleExpression, ScheduleExpressionTimezone, Target } = read(schedule, {
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string().optional(),
    Target: z.object({ Arn: z.string(), Input: z.string().default('{}') }),
  });
  return {
    functionId: Target.Arn,
    timetable: timetableOf(ScheduleExpression, ScheduleExpressionTimezone),
    input: JSON.parse(Target.Input),
  };
}

function readRule(rule: Resource, read: Read): DeclaredRule {
  const { EventPattern, Targets } = read(rule, {
    EventPattern: z.record(z.string(), z.unknown()),
    Targets: z.array(z.object({ Arn: z.string() })),
  });
  return { functionIds: Targets.map(({ Arn }) => Arn), filter: makeEventFilter([JSON.stringify(EventPattern)]) };
}

function tellsEventBridge({ properties }: Resource): boolean {
  const enabled = z.object({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.literal(true) }) });
  return enabled.safeParse(properties['NotificationConfiguration']).success;
}
