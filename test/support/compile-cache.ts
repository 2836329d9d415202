import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const variable = 'NODE_COMPILE_CACHE';

/**
 * Node strips the types of a program at each of its starts, unless it may remember; tests start programs by the dozen.
 * @returns forgets it all
 */
export async function startCompileCache(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bien-lai-compile-cache-'));
  process.env[variable] = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** For a program that is given an environment of its own. */
export function inheritCompileCache(): Record<string, string> {
  const folder = process.env[variable];
  return folder === undefined ? {} : { [variable]: folder };
}
