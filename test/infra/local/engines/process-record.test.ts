import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordProcess, stopLeftOver } from '#infra/local/engines/process-record.ts';

describe('the record of an engine process', () => {
  let folder: string;
  let file: string;
  let engine: ChildProcess;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bien-lai-record-'));
    file = join(folder, 'engine.json');
    engine = spawn(process.execPath, ['--eval', 'process.stdin.resume()']);
    await once(engine, 'spawn');
  });
  afterEach(async () => {
    engine.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  /** Rewrites the record as if another run had written it, which is over by now. */
  async function forgetOwner(command = 'node infra/local/start.ts'): Promise<void> {
    const record: unknown = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...Object(record), owner: { pid: process.pid, command } }));
  }

  it('lets the next run stop an engine whose run was killed', async () => {
    const ended = once(engine, 'exit');
    await recordProcess(file, engine.pid ?? 0);
    await forgetOwner();

    expect(await stopLeftOver(file)).toBe('stopped');
    await ended;
    await expect(access(file)).rejects.toThrow('ENOENT');
  });

  it('refuses to stop the engine of a run that is alive', async () => {
    await recordProcess(file, engine.pid ?? 0);

    await expect(stopLeftOver(file)).rejects.toThrow(`Another run (process ${process.pid}) is using this state folder`);
    expect(engine.exitCode).toBeNull();
  });

  it('leaves a process alone that got the number of the engine later', async () => {
    await recordProcess(file, engine.pid ?? 0);
    const record: unknown = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(
      file,
      JSON.stringify({ ...Object(record), engine: { pid: engine.pid, command: 'java -jar DynamoDBLocal.jar' } }),
    );
    await forgetOwner();

    expect(await stopLeftOver(file)).toBe('nothing');
    expect(engine.exitCode).toBeNull();
  });

  it.each(['', '{"engine":', '{"engine":{"pid":-1,"command":"x"},"owner":{"pid":1,"command":"x"}}'])(
    'takes the broken record %j for none',
    async (text) => {
      await writeFile(file, text);

      expect(await stopLeftOver(file)).toBe('nothing');
    },
  );

  it('does nothing where there is no record', async () => {
    expect(await stopLeftOver(join(folder, 'none.json'))).toBe('nothing');
  });
});
