import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stopLeftOver } from '#infra/local/engines/process-record.ts';

/** Stops engines whose test run was killed; those of runs that are still going on are left alone. */
export async function stopEnginesOfEndedRuns(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  for (const file of files) {
    await stopLeftOver(join(folder, file)).catch(() => 'the run that owns it is alive');
  }
}
