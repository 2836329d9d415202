import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { watchDropFolder } from '#infra/local/statements/drop-folder.ts';
import { waitUntil } from '#infra/local/wait-until.ts';

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'bien-lai-drop-'));
});
afterEach(() => rm(state, { recursive: true }));

const key = 'vnpay/ttpvhcc/2026-11-23/sao-ke.txt';

async function lay(name: string, text: string): Promise<void> {
  const file = join(state, 'statements', name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Watches as the stack does, until so many deliveries were made. */
async function watch(deliveries: number, faults = 0) {
  const delivered: string[] = [];
  const troubles: string[] = [];
  const watching = await watchDropFolder({
    folder: join(state, 'statements'),
    stateFile: join(state, 'statements.json'),
    deliver: (name, bytes) => {
      if (troubles.length < faults) return Promise.reject(new Error('no bucket'));
      delivered.push(`${name}: ${Buffer.from(bytes).toString()}`);
      return Promise.resolve();
    },
    onTrouble: (what) => troubles.push(what),
  });
  const arrived = (count: number) =>
    waitUntil('deliveries', async () => (delivered.length + troubles.length >= count ? true : undefined), {
      timeoutMs: 10_000,
    });
  await arrived(deliveries);
  return { delivered, troubles, arrived, stop: watching.stop };
}

describe('the drop folder', () => {
  it('delivers what is laid into it, under the name that its place gives it, and nothing unfinished', async () => {
    await lay(key, 'HDR');
    await lay(`${key}.part`, 'HD');
    await lay('vnpay/ttpvhcc/2026-11-23/.hidden', 'x');

    const { delivered, stop } = await watch(1);
    await stop();

    expect(delivered).toEqual([`${key}: HDR`]);
  });

  it('delivers a file again when it has changed, also over a restart, and not otherwise', async () => {
    await lay(key, 'one');
    const first = await watch(1);
    await lay(key, 'other');
    await first.arrived(2);
    await first.stop();
    await lay('momo/ttpvhcc/2026-11-23/a.txt', 'new');
    const second = await watch(1);
    await second.stop();

    expect(first.delivered).toEqual([`${key}: one`, `${key}: other`]);
    expect(second.delivered).toEqual(['momo/ttpvhcc/2026-11-23/a.txt: new']);
  });

  it('tells of a file that cannot be delivered, takes the others, and tries it again after a restart', async () => {
    await lay(key, 'one');
    await lay('vnpay/ttpvhcc/2026-11-24/b.txt', 'two');
    const first = await watch(2, 1);
    await first.stop();
    const second = await watch(1);
    await second.stop();

    expect(first.troubles).toEqual([`${key}: no bucket`]);
    expect(first.delivered).toEqual(['vnpay/ttpvhcc/2026-11-24/b.txt: two']);
    expect(second.delivered).toEqual([`${key}: one`]);
  });
});
