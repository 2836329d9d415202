import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { localAccount } from '#infra/local/local-account.ts';
import { findFreePort } from '#infra/local/ports.ts';
import { waitUntil } from '#infra/local/wait-until.ts';
import { findJava } from './java.ts';
import { recordProcess, stopLeftOver } from './process-record.ts';

export interface DynamoDbLocalOptions {
  /** Any free port when absent. */
  readonly port?: number;
  /** Folder of the database file; absent: in memory. */
  readonly dbPath?: string;
  /** Where the process is written down, so that a later run finds a JVM that outlived this one. */
  readonly recordFile?: string;
}

export interface DynamoDbLocal {
  readonly endpoint: string;
  /** Resolves as soon as the engine answers. */
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts Amazon's DynamoDB Local and waits until it answers. */
export async function startDynamoDbLocal(options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const engine = await launchDynamoDbLocal(options);
  await engine.ready().catch(async (fault: unknown) => {
    await engine.stop();
    throw fault;
  });
  return engine;
}

/** Starts the engine without waiting for it, for callers that have something better to do while a JVM boots. */
export async function launchDynamoDbLocal(options: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const { dbPath, recordFile } = options;
  const java = await findJava();
  if (recordFile !== undefined) await stopLeftOver(recordFile);
  if (dbPath !== undefined) await mkdir(dbPath, { recursive: true });
  const port = options.port ?? (await findFreePort());
  // It leaves a file with its installation number in the folder that it is started in.
  const cwd = dbPath ?? tmpdir();
  const child = spawn(java, commandLine(port, dbPath), { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const lastWords = keepLastWords(child);
  await once(child, 'spawn');
  if (recordFile !== undefined && child.pid !== undefined) await recordProcess(recordFile, child.pid);
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    ready: () => waitForAnswer(endpoint, child, lastWords),
    stop: async () => {
      await stopChild(child);
      if (recordFile !== undefined) await rm(recordFile, { force: true });
    },
  };
}

function commandLine(port: number, dbPath: string | undefined): string[] {
  // The package's own JavaScript works only inside the Amplify CLI; the jar in it is Amazon's.
  const emulator = join(
    dirname(createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json')),
    'emulator',
  );
  return [
    // It lives for minutes and waits for its database: quick to start, and no second core for compiler and collector.
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    `-Djava.library.path=${join(emulator, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(emulator, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    ...(dbPath === undefined ? ['-inMemory'] : ['-dbPath', dbPath]),
    '-sharedDb',
    '-disableTelemetry',
  ];
}

/** Remembers what the JVM said last: its only explanation when it dies at the start. */
function keepLastWords(child: ChildProcess): () => string {
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2_000);
    });
  }
  return () => words.trim();
}

async function waitForAnswer(endpoint: string, child: ChildProcess, lastWords: () => string): Promise<void> {
  await waitUntil(
    `DynamoDB Local at ${endpoint} to answer`,
    async () => {
      if (hasEnded(child)) throw new Error(`DynamoDB Local ended while starting at ${endpoint}: ${lastWords()}`);
      return (await answersListTables(endpoint)) ? true : undefined;
    },
    { timeoutMs: 60_000 },
  ).catch((fault: unknown) => {
    const said = lastWords();
    throw said === '' ? fault : new Error(`${String(fault)} It said last: ${said}`, { cause: fault });
  });
}

async function answersListTables(endpoint: string): Promise<boolean> {
  const { region, credentials } = localAccount;
  const scope = `${credentials.accessKeyId}/20260101/${region}/dynamodb/aws4_request`;
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: '{}',
    // It may take a connection before it can answer on it.
    signal: AbortSignal.timeout(5_000),
  }).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.ok ?? false;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(impatience);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
