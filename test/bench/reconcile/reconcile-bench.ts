import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Extent, Figure, Report } from '../harness/bench.ts';
import { runRace } from '../harness/race.ts';
import type { BenchFiles, contenders } from './contenders.ts';
import { type MillionRows, writeMillionRows } from './million-rows.ts';
import { runContender } from './run-contender.ts';

const measures = { 'whole job': 's', 'its processor time': 's', 'peak memory': 'MB' } as const;
const rowsOf = { full: 1_000_000, brief: 2_000 } as const;

/** What is raced together: the quick ones often, and those that take half a minute less often. */
const courses = [
  { floors: ['bare DuckDB join', 'DuckDB load and join'], rounds: 7, warmUps: 1 },
  { floors: ['csv-parse + Map', 'node:sqlite'], rounds: 3, warmUps: 0 },
] as const satisfies readonly {
  readonly floors: readonly (keyof typeof contenders)[];
  rounds: number;
  warmUps: number;
}[];

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
      const figures: Figure[] = [];
      for (const course of courses) figures.push(...(await raceOn(course, { files, report, extent })));
      return figures;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Each contender has a process of its own for every round; time begins when its modules are there. */
function raceOn(
  course: (typeof courses)[number],
  { files, report, extent }: { files: BenchFiles & MillionRows; report: Report; extent: Extent },
): Promise<readonly Figure[]> {
  const others = course.floors.join(' and ');
  const ours = { name: `ours, beside ${others}`, module: 'ours' } as const;
  const entrants = [ours, ...course.floors.map((name) => ({ name, module: name }))];
  return runRace(
    {
      ...course,
      bench: 'reconcile',
      measures,
      contenders: entrants.map(({ name, module }) => ({
        name,
        measure: async () => {
          const { seconds, processorSeconds, peakMegabytes } = await runContender(module, files);
          return { 'whole job': seconds, 'its processor time': processorSeconds, 'peak memory': peakMegabytes };
        },
      })),
    },
    report,
    extent,
  );
}
