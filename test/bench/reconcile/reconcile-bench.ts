import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../harness/bench.ts';
import { runRace } from '../harness/race.ts';
import type { contenders } from './contenders.ts';
import { writeMillionRows } from './million-rows.ts';
import { runContender } from './run-contender.ts';

const measures = { 'whole job': 's', 'its processor time': 's', 'peak memory': 'MB' } as const;
const rowsOf = { full: 1_000_000, brief: 2_000 } as const;
const names = [
  'ours',
  'bare DuckDB join',
  'csv-parse + Map',
  'node:sqlite',
] as const satisfies (keyof typeof contenders)[];

export const reconcileBench: Bench = {
  name: 'reconcile',
  what:
    'a day of 1 000 000 rows on either side: read, checked, matched, exceptions and reports written (to reach: 3 times a ' +
    'bare DuckDB join of the same files, 1 000 MB)',
  run: async (report, extent) => {
    const folder = await mkdtemp(join(tmpdir(), 'bien-lai-bench-'));
    try {
      const files = { ...(await writeMillionRows(folder, rowsOf[extent])), folder };
      report(`reconcile: wrote ${files.rows} rows for either side`);
      return await runRace(
        {
          bench: 'reconcile',
          measures,
          floors: names.slice(1),
          rounds: 5,
          warmUps: 1,
          contenders: names.map((name) => ({
            name,
            measure: async () => {
              const { seconds, processorSeconds, peakMegabytes } = await runContender(name, files);
              return { 'whole job': seconds, 'its processor time': processorSeconds, 'peak memory': peakMegabytes };
            },
          })),
        },
        report,
        extent,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
