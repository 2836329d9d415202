import * as z from 'zod';
import { type EventFilter, makeEventFilter } from './event-filter.ts';
import type { HttpRoute } from './http-routes.ts';
import type { JwtAuthorizerSettings } from './jwt-authorizer.ts';
import { intervalOf } from './scheduler.ts';
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
  readonly everyMs: number;
}

/** What the local runner needs to know of the cloud side, read from the synthesised templates. */
export interface Blueprint {
  readonly functions: readonly DeclaredFunction[];
  readonly routes: readonly HttpRoute[];
  readonly authorizer: JwtAuthorizerSettings;
  readonly consumers: readonly DeclaredConsumer[];
  readonly schedules: readonly DeclaredSchedule[];
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
    authorizer: readAuthorizer(stacks, read),
    consumers: resourcesOf(stacks, 'AWS::Lambda::EventSourceMapping').map((mapping) => {
      assertReadsLedger(read(mapping, { EventSourceArn: z.string(), FunctionName: z.string() }), stacks);
      return readConsumer(mapping, read);
    }),
    schedules: resourcesOf(stacks, 'AWS::Scheduler::Schedule').map((schedule) => {
      const { ScheduleExpression, Target } = read(schedule, {
        ScheduleExpression: z.string(),
        Target: z.object({ Arn: z.string() }),
      });
      return { functionId: Target.Arn, everyMs: intervalOf(ScheduleExpression) };
    }),
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

type Read = <Shape extends z.ZodRawShape>(resource: Resource, shape: Shape) => z.infer<z.ZodObject<Shape>>;

/** Route → `integrations/<integration>` → the function's address. */
function readRoutes(stacks: Stacks, read: Read): HttpRoute[] {
  const functionOf = new Map(
    resourcesOf(stacks, 'AWS::ApiGatewayV2::Integration').map((integration) => [
      `integrations/${integration.logicalId}`,
      read(integration, { IntegrationUri: z.string(), PayloadFormatVersion: z.literal('2.0') }).IntegrationUri,
    ]),
  );
  return resourcesOf(stacks, 'AWS::ApiGatewayV2::Route').map((route) => {
    const { RouteKey, Target, AuthorizationType, AuthorizationScopes } = read(route, {
      RouteKey: z.string(),
      Target: z.string(),
      AuthorizationType: z.enum(['JWT', 'NONE']).default('NONE'),
      AuthorizationScopes: z.array(z.string()).default([]),
    });
    const functionId = functionOf.get(Target);
    if (functionId === undefined) throw new Error(`The route ${RouteKey} leads to ${Target}, which is not declared.`);
    return { routeKey: RouteKey, functionId, ...(AuthorizationType === 'JWT' ? { scopes: AuthorizationScopes } : {}) };
  });
}

function readAuthorizer(stacks: Stacks, read: Read): JwtAuthorizerSettings {
  const [authorizer, ...others] = resourcesOf(stacks, 'AWS::ApiGatewayV2::Authorizer');
  if (authorizer === undefined || others.length > 0) {
    throw new Error('The local runner expects one JWT authorizer in the template.');
  }
  const { JwtConfiguration } = read(authorizer, {
    JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
  });
  return { issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience };
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
