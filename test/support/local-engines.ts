import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ListTablesCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableDefinitionOf } from '#infra/local/cloud/create-resources.ts';
import { readStacks } from '#infra/local/cloud/synthesise.ts';
import { startQueuesAndBuckets } from '#infra/local/engines/fauxqs.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';

export interface TestTable {
  readonly tableName: string;
  readonly documentClient: DynamoDBDocumentClient;
  readonly client: DynamoDBClient;
  readonly endpoint: string;
}

/** The real table. To read it from the templates takes longer than to make one, so it is read once for a test file. */
let definition: Promise<CreateTableCommandInput> | undefined;

function readDefinition(): Promise<CreateTableCommandInput> {
  definition ??= readStacks().then(tableDefinitionOf);
  return definition;
}

/**
 * A table of its own for one test file, with the indexes of the real one, on the engine that `global-setup.ts` started.
 * The engine is in memory and ends with the run, so nothing needs to be deleted. The stream is there for whoever opens
 * it: the engine searches the changes of all streams of the run, deleted ones too, at every write to a table with one.
 */
export async function startTestTable(): Promise<TestTable> {
  const endpoint = engineEndpoint();
  const client = new DynamoDBClient({ ...clientConfiguration, endpoint });
  await waitUntil(
    `DynamoDB Local at ${endpoint}`,
    () =>
      client.send(new ListTablesCommand({})).then(
        () => true,
        () => undefined,
      ),
    { timeoutMs: 60_000 },
  );
  const tableName = `ledger-${randomUUID()}`;
  const withoutStream = { ...(await readDefinition()), StreamSpecification: undefined };
  await client.send(new CreateTableCommand({ ...withoutStream, TableName: tableName }));
  const documentClient = makeDocumentClient({ ...clientConfiguration, endpoint });
  return { tableName, documentClient, client, endpoint };
}

/**
 * Gives a test's table the stream of the real one, for what is written from now on.
 * @returns the stream's address
 */
export async function openStream({ client, tableName }: Pick<TestTable, 'client' | 'tableName'>): Promise<string> {
  const { StreamSpecification } = await readDefinition();
  const { TableDescription: table } = await client.send(
    new UpdateTableCommand({ TableName: tableName, StreamSpecification }),
  );
  if (table?.LatestStreamArn === undefined) throw new Error(`The table ${tableName} was given no stream.`);
  return table.LatestStreamArn;
}

export interface TestQueueAndBucket {
  readonly endpoint: string;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly queueUrl: string;
  readonly bucketName: string;
  /** Call it in `afterAll`: the engine runs inside the test's own process. */
  readonly stop: () => Promise<void>;
}

/** A FIFO queue and a bucket, empty, in an engine of their own. */
export async function startTestQueueAndBucket(): Promise<TestQueueAndBucket> {
  const port = await findFreePort();
  const engine = await startQueuesAndBuckets({ port });
  const sqs = new SQSClient({ ...clientConfiguration, endpoint: engine.endpoint });
  const s3 = new S3Client({ ...clientConfiguration, endpoint: engine.endpoint });
  await sqs.send(new CreateQueueCommand({ QueueName: 'dossier.fifo', Attributes: { FifoQueue: 'true' } }));
  await s3.send(new CreateBucketCommand({ Bucket: 'receipts' }));
  return {
    endpoint: engine.endpoint,
    sqs,
    s3,
    queueUrl: `${engine.endpoint}/${localAccount.accountId}/dossier.fifo`,
    bucketName: 'receipts',
    stop: async () => {
      sqs.destroy();
      s3.destroy();
      await engine.stop();
    },
  };
}

const clientConfiguration = { region: localAccount.region, credentials: localAccount.credentials };

function engineEndpoint(): string {
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (endpoint !== undefined) return endpoint;
  throw new Error('DYNAMODB_ENDPOINT is not set: run the tests through jest.config.mjs, whose global setup starts it.');
}
