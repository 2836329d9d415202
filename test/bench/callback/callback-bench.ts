import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSigningFiles } from '#test/support/signing-files.ts';
import type { Bench } from '../harness/bench.ts';
import { measureStarts } from './bundle-starts.ts';
import { measureCallbacks } from './callback-load.ts';
import { measureFirstCalls } from './first-calls.ts';

export const callbackBench: Bench = {
  name: 'callback',
  what:
    'a winning callback against a bare conditional UpdateItem (to reach: 0.75 of its throughput at 8 clients), and the ' +
    'start of every function against a bare DynamoDB client (to reach: 1.4 times for accept-callback)',
  run: async (report, extent) => {
    const folder = await mkdtemp(join(tmpdir(), 'bien-lai-bench-'));
    // Functions that sign read their keys when they start.
    const removeSigningFiles = await makeSigningFiles();
    try {
      const course = { folder, report, extent };
      return [
        ...(await measureStarts(course)),
        ...(await measureFirstCalls(course)),
        ...(await measureCallbacks(course)),
      ];
    } finally {
      await removeSigningFiles();
      await rm(folder, { recursive: true });
    }
  },
};
