import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { bucketNameOf, localValues, queueNameOf, tableNameOf } from './local-names.ts';
import { type Resource, resolveReferences, resourcesOf, type Stacks } from './template.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const tableSchema = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  StreamSpecification: z.object({ StreamViewType: z.literal('NEW_AND_OLD_IMAGES') }),
});

/** The ledger's table; what the local engine does not have (recovery, encryption) is left out. */
export function tableDefinitionOf(stacks: Stacks): CreateTableCommandInput {
  const [table, ...others] = resourcesOf(stacks, 'AWS::DynamoDB::GlobalTable');
  if (table === undefined || others.length > 0) throw new Error('The local runner expects one table in the template.');
  const { GlobalSecondaryIndexes, StreamSpecification, ...rest } = tableSchema.parse(table.properties);
  return {
    TableName: tableNameOf(table),
    ...rest,
    ...(GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes }),
    StreamSpecification: { StreamEnabled: true, ...StreamSpecification },
  };
}

/**
 * Creates the table unless it is there.
 * @returns the address of its stream, which is new with every new table
 */
export async function createTable(
  client: DynamoDBClient,
  definition: CreateTableCommandInput,
): Promise<{ readonly streamArn: string; readonly isNew: boolean }> {
  const describe = () => client.send(new DescribeTableCommand({ TableName: definition.TableName }));
  const present = await describe().catch((fault: unknown) => {
    if (fault instanceof ResourceNotFoundException) return undefined;
    throw fault;
  });
  if (present === undefined) await client.send(new CreateTableCommand(definition));
  const streamArn = (present ?? (await describe())).Table?.LatestStreamArn;
  if (streamArn === undefined) throw new Error(`The table ${definition.TableName} has no stream.`);
  if (present?.Table !== undefined) assertSameIndexes(definition, present.Table);
  return { streamArn, isNew: present === undefined };
}

interface Indexed {
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName?: string | undefined }[] | undefined;
}

/** A table of an older version cannot serve the newer one, and a local one is not worth a migration. */
function assertSameIndexes(declared: Indexed, present: Indexed): void {
  if (indexNames(declared) === indexNames(present)) return;
  throw new Error(
    `The local table has the indexes ${indexNames(present)}, but the template declares ${indexNames(declared)}: ` +
      'it was made by another version. Delete the folder .local and start again.',
  );
}

function indexNames({ GlobalSecondaryIndexes = [] }: Indexed): string {
  const names = GlobalSecondaryIndexes.map(({ IndexName = '' }) => IndexName);
  return names.toSorted((a, b) => a.localeCompare(b)).join(', ');
}

/** The attributes that the queue engine knows; encryption is not among them. */
const queueSchema = z.object({
  DeduplicationScope: z.string().optional(),
  FifoQueue: z.boolean().optional(),
  FifoThroughputLimit: z.string().optional(),
  MessageRetentionPeriod: z.number().optional(),
  VisibilityTimeout: z.number().optional(),
  RedrivePolicy: z.unknown().optional(),
});

/** Creates every queue; failure queues first, since the others name them. Creating one again changes nothing. */
export async function createQueues(client: SQSClient, stacks: Stacks): Promise<void> {
  const queues = resourcesOf(stacks, 'AWS::SQS::Queue');
  const failureQueuesFirst = queues.toSorted(
    (a, b) => Number('RedrivePolicy' in a.properties) - Number('RedrivePolicy' in b.properties),
  );
  for (const queue of failureQueuesFirst) {
    await client.send(
      new CreateQueueCommand({ QueueName: queueNameOf(queue), Attributes: queueAttributes(queue, stacks) }),
    );
  }
}

function queueAttributes(queue: Resource, stacks: Stacks): Record<string, string> {
  const { RedrivePolicy, ...plain } = queueSchema.parse(queue.properties);
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(plain)) attributes.set(name, String(value));
  if (RedrivePolicy !== undefined) {
    const values = localValues({ queueEndpoint: '', streamArn: '' });
    const resolved = resolveReferences(RedrivePolicy, queue.stackName, stacks, values);
    attributes.set('RedrivePolicy', JSON.stringify(resolved));
  }
  return Object.fromEntries(attributes);
}

/** Creates every bucket that is not there yet. */
export async function createBuckets(client: S3Client, stacks: Stacks): Promise<void> {
  for (const bucket of resourcesOf(stacks, 'AWS::S3::Bucket')) {
    const Bucket = bucketNameOf(bucket);
    const isThere = await client.send(new HeadBucketCommand({ Bucket })).then(
      () => true,
      () => false,
    );
    if (!isThere) await client.send(new CreateBucketCommand({ Bucket }));
  }
}
