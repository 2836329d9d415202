import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { readOrMake, writeState } from '#infra/local/state-file.ts';

export interface DropFolderNeeds {
  /** Watched: `<gateway>/<merchant>/<yyyy-mm-dd>/<file>`. */
  readonly folder: string;
  /** Which files were taken, kept over restarts. */
  readonly stateFile: string;
  /** Puts a file into the store. */
  readonly deliver: (key: string, bytes: Uint8Array) => Promise<void>;
  readonly onTrouble: (what: string) => void;
}

/** Digest of each file as it was delivered last, by its key. */
const takenSchema = z.record(z.string(), z.string());

const everyMs = 500;

/**
 * Watches the folder into which people lay statements, as the store of the cloud is watched. A file is taken when two looks
 * in a row see the same size and time, so that none is taken while it is still written. One that cannot be delivered is
 * told, and tried again when it changes, or with the next start.
 */
export async function watchDropFolder(needs: DropFolderNeeds): Promise<{ readonly stop: () => Promise<void> }> {
  await mkdir(needs.folder, { recursive: true });
  const taken = new Map(Object.entries(await readOrMake(needs.stateFile, takenSchema, () => ({}))));
  const watch = new DropFolder(taken, needs);
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      await watch.look().catch((fault: unknown) => needs.onTrouble(`the drop folder: ${wordsOf(fault)}`));
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

class DropFolder {
  readonly #taken: Map<string, string>;
  readonly #needs: DropFolderNeeds;
  /** Size and time of each file at the last look, and of those that nothing is to be done about. */
  #seen = new Map<string, string>();
  readonly #done = new Map<string, string>();

  constructor(taken: Map<string, string>, needs: DropFolderNeeds) {
    this.#taken = taken;
    this.#needs = needs;
  }

  async look(): Promise<void> {
    const { folder } = this.#needs;
    const before = this.#seen;
    this.#seen = new Map();
    for (const file of await listFiles(folder)) {
      const { size, mtimeMs } = await stat(file);
      const key = relative(folder, file).split(sep).join('/');
      const looks = `${size} ${mtimeMs}`;
      this.#seen.set(key, looks);
      if (before.get(key) !== looks || this.#done.get(key) === looks) continue;
      this.#done.set(key, looks);
      await this.#take(key, await readFile(file)).catch((fault: unknown) =>
        this.#needs.onTrouble(`${key}: ${wordsOf(fault)}`),
      );
    }
  }

  async #take(key: string, bytes: Uint8Array): Promise<void> {
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (this.#taken.get(key) === digest) return;
    await this.#needs.deliver(key, bytes);
    this.#taken.set(key, digest);
    await writeState(this.#needs.stateFile, Object.fromEntries(this.#taken));
  }
}

function wordsOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

/** Hidden and unfinished files are none of ours. */
async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/^\.|\.(part|tmp|crdownload)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}
