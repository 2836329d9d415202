import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { jsonOrNothing } from '#infra/local/json-or-nothing.ts';
import { waitUntil } from '#infra/local/wait-until.ts';

const run = promisify(execFile);

/** Process numbers are used again by the system, so a process is known by its number and its command line. */
const knownProcessSchema = z.strictObject({ pid: z.number().int().positive(), command: z.string().min(1) });
const processRecordSchema = z.strictObject({ engine: knownProcessSchema, owner: knownProcessSchema });
type KnownProcess = z.infer<typeof knownProcessSchema>;

/**
 * Writes down an engine that this process started. A JVM outlives a parent that was killed, so the next start
 * must be able to find it.
 */
export async function recordProcess(file: string, enginePid: number): Promise<void> {
  const record = { engine: await knowProcess(enginePid), owner: await knowProcess(process.pid) };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(record));
}

/**
 * Stops the engine that an earlier run left behind, by its number and only if it still is that program.
 * @throws Error when the run that started it is alive: two runs must not share one folder
 */
export async function stopLeftOver(file: string): Promise<'nothing' | 'stopped'> {
  const record = await readRecord(file);
  if (record === undefined) return 'nothing';
  if (await isRunning(record.owner)) {
    throw new Error(
      `Another run (process ${record.owner.pid}) is using this state folder: stop it first, or use its addresses.`,
    );
  }
  const stopped = await stopProcess(record.engine);
  await rm(file, { force: true });
  return stopped;
}

async function stopProcess(engine: KnownProcess): Promise<'nothing' | 'stopped'> {
  if (!(await isRunning(engine))) return 'nothing';
  process.kill(engine.pid, 'SIGKILL');
  await waitUntil(`process ${engine.pid} to end`, async () => ((await isRunning(engine)) ? undefined : true), {
    timeoutMs: 10_000,
  });
  return 'stopped';
}

async function readRecord(file: string): Promise<z.infer<typeof processRecordSchema> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // A kill in the middle of writing leaves half a record; it can name no process, so there is nothing to stop.
  const record = processRecordSchema.safeParse(jsonOrNothing(text));
  return record.success ? record.data : undefined;
}

async function knowProcess(pid: number): Promise<KnownProcess> {
  return { pid, command: (await commandOf(pid)) ?? 'unknown' };
}

async function isRunning(known: KnownProcess): Promise<boolean> {
  return (await commandOf(known.pid)) === known.command;
}

/** The command line of a process; empty of a zombie, which counts as gone. `ps` is missing in slim containers. */
async function commandOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() =>
    run('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    ),
  );
  return text.replaceAll('\0', ' ').trim() || undefined;
}
