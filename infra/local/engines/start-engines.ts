import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { localAccount } from '#infra/local/local-account.ts';
import { assertPortsFree, type Ports } from '#infra/local/ports.ts';
import type { Shutdown } from '#infra/local/shutdown.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';
import { type QueueAndBucketEngine, startQueuesAndBuckets } from './fauxqs.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { stopLeftOver } from './process-record.ts';

export interface Engines {
  readonly dynamoDbEndpoint: string;
  readonly dynamoDb: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly queuesAndBuckets: QueueAndBucketEngine;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly identityProvider: IdentityProvider;
}

/** Starts everything that stands in for a service of AWS, with its state in one folder. */
export async function startEngines(options: {
  readonly ports: Ports;
  readonly stateFolder: string;
  readonly audience: string;
  readonly staffAudience: string;
  readonly shutdown: Shutdown;
  readonly say: (line: string) => void;
}): Promise<Engines> {
  const { ports, stateFolder, shutdown, say } = options;
  const recordFile = join(stateFolder, 'dynamodb-process.json');
  if ((await stopLeftOver(recordFile)) === 'stopped') {
    say('Đã dừng DynamoDB Local còn sót từ lần chạy trước.');
    await untilLeftOverLetsGo(ports);
  }
  await assertPortsFree(ports);

  const [dynamoDb, queuesAndBuckets, identityProvider] = await Promise.all([
    startAndNote(
      shutdown,
      startDynamoDbLocal({ port: ports.dynamoDb, dbPath: join(stateFolder, 'dynamodb'), recordFile }),
    ),
    startAndNote(shutdown, startQueuesAndBuckets({ port: ports.fauxqs, dataDir: join(stateFolder, 'fauxqs') })),
    startAndNote(
      shutdown,
      startIdentityProvider({
        ...options,
        port: ports.identityProvider,
        pagesOrigin: `http://localhost:${ports.http}`,
      }),
    ),
  ]);
  const client = { region: localAccount.region, credentials: localAccount.credentials };
  return {
    dynamoDbEndpoint: dynamoDb.endpoint,
    dynamoDb: new DynamoDBClient({ ...client, endpoint: dynamoDb.endpoint }),
    streams: new DynamoDBStreamsClient({ ...client, endpoint: dynamoDb.endpoint }),
    queuesAndBuckets,
    sqs: new SQSClient({ ...client, endpoint: queuesAndBuckets.endpoint }),
    s3: new S3Client({ ...client, endpoint: queuesAndBuckets.endpoint }),
    identityProvider,
  };
}

/** A killed process lets its port go a moment after it is gone from the process list. */
async function untilLeftOverLetsGo(ports: Ports): Promise<void> {
  const areFree = () =>
    assertPortsFree(ports).then(
      () => true,
      () => undefined,
    );
  await waitUntil('the ports of the last run', areFree, { timeoutMs: 10_000 }).catch(() => undefined);
}

/** Notes an engine as soon as it runs, so that it is stopped also when another one fails to start. */
async function startAndNote<Engine extends { readonly stop: () => Promise<void> }>(
  shutdown: Shutdown,
  starting: Promise<Engine>,
): Promise<Engine> {
  const engine = await starting;
  shutdown.add(engine.stop);
  return engine;
}
