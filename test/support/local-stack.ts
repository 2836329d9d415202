import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { type DossierSystem, makeDossierSystem } from '#infra/local/dossier-system.ts';
import { dossierSystemClient } from '#infra/local/engines/identity-provider.ts';
import { stopLeftOver } from '#infra/local/engines/process-record.ts';
import { localAccount } from '#infra/local/local-account.ts';
import { assertPortsFree, portsFrom } from '#infra/local/ports.ts';
import { waitUntil } from '#infra/local/wait-until.ts';

/** Where a stack writes down, in its state folder, which engine it has started. */
export const engineRecord = 'dynamodb-process.json';
const startFile = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));

/** What `npm start` runs, as a process of its own with a state folder of its own. */
export interface StackProcess {
  readonly baseUrl: string;
  readonly dossierSystem: DossierSystem;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly output: () => string;
  /** Ends it with a signal and waits until it is gone. */
  readonly end: (signal: 'SIGINT' | 'SIGKILL') => Promise<number | null>;
}

/** A place for a stack: four free ports and a folder, kept over restarts. */
export interface StackPlace {
  readonly port: number;
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

export async function findStackPlace(): Promise<StackPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'bien-lai-stack-'));
  const port = await waitUntil(
    'four free ports in a row',
    async () => {
      // Below the range from which the system takes ports for outgoing connections: one of those may come between.
      const base = randomInt(10_000, 32_000);
      return assertPortsFree(portsFrom(base)).then(
        () => base,
        () => undefined,
      );
    },
    { timeoutMs: 10_000, everyMs: 0 },
  );
  return { port, folder, remove: () => removePlace(folder) };
}

/** The engine of a stack that was killed outlives it: a test that fails before the next start must leave none behind. */
async function removePlace(folder: string): Promise<void> {
  await stopLeftOver(join(folder, engineRecord));
  await rm(folder, { recursive: true, force: true });
}

/** Starts the stack and waits for the line with its address. */
export async function startStackProcess({ port, folder }: StackPlace): Promise<StackProcess> {
  const child = spawn(process.execPath, [startFile], {
    env: { ...process.env, PORT: String(port), STATE_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  await waitUntil(
    'the stack to be ready',
    async () => {
      if (child.exitCode !== null) throw new Error(`The stack ended while starting:\n${output()}`);
      return output().includes('(ready)') ? true : undefined;
    },
    { timeoutMs: 120_000 },
  );
  const baseUrl = `http://localhost:${port}`;
  const engineUrl = `http://127.0.0.1:${portsFrom(port).fauxqs}`;
  return {
    baseUrl,
    dossierSystem: makeDossierSystem(baseUrl, await readClient(port, folder)),
    sqs: new SQSClient({ ...localAccount, endpoint: engineUrl }),
    queueUrl: /\(dossier queue\): +(\S+)/.exec(output())?.[1] ?? '',
    output,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** Runs the stack where it cannot start, and gives what it said. */
export async function startInVain({ port, folder }: Pick<StackPlace, 'port' | 'folder'>): Promise<string> {
  const child = spawn(process.execPath, [startFile], {
    env: { ...process.env, PORT: String(port), STATE_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  await once(child, 'exit');
  return `${output()}exit code ${child.exitCode}`;
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

/** The dossier system's credentials lie in the state folder. */
async function readClient(port: number, folder: string) {
  const { clientSecret } = z
    .object({ clientSecret: z.string() })
    .parse(JSON.parse(await readFile(join(folder, 'identity.json'), 'utf8')));
  const tokenEndpoint = `http://localhost:${portsFrom(port).identityProvider}/token`;
  return { tokenEndpoint, clientId: dossierSystemClient, clientSecret };
}
