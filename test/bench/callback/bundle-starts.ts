import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { bundling } from '#infra/constructs/function-bundle.ts';
import { bundleEntry, type FunctionBundle, handlerEntries, weigh } from '#test/support/bundles.ts';
import type { Figure } from '../harness/bench.ts';
import { runRace } from '../harness/race.ts';
import type { BenchCourse } from './bench-course.ts';
import { productionEnvironment } from './production-environment.ts';

const run = promisify(execFile);

export const bareEntry = 'test/bench/callback/bare-client.ts';
const measures = {
  'fresh process': 'ms',
  'its processor time': 'ms',
  'import alone': 'ms',
  'processor time of the import': 'ms',
} as const;
export const floors = ['bare client', 'bare client in one file'] as const;

/** What every function weighs and how long it takes to be there, against one that only imports the DynamoDB client. */
export async function measureStarts(course: BenchCourse): Promise<readonly Figure[]> {
  const { folder } = course;
  const [callback, ...others] = handlerEntries.map((entry) => bundleEntry(entry, folder));
  if (callback?.name !== 'accept-callback') throw new Error('the callback function is no longer the first by name');
  // Within a round those stand together that are compared with a limit: what else the machine does changes by the second.
  const bundles = [
    callback,
    { ...bundleEntry(bareEntry, folder), name: floors[0] },
    bundleInOneFile(bareEntry, folder),
    ...others,
  ];
  return [...weights(bundles), ...(await raceStarts(bundles, course))];
}

/** As the CDK's NodejsFunction would bundle it: what a function costs without our chunks. */
export function bundleInOneFile(entry: string, folder: string): FunctionBundle {
  const outdir = join(folder, 'one-file');
  const options = { ...bundling, splitting: false, entryPoints: { index: entry }, outdir, metafile: true } as const;
  return { name: floors[1], index: join(outdir, 'index.mjs'), ...weigh(buildSync(options).metafile) };
}

function weights(bundles: readonly FunctionBundle[]): readonly Figure[] {
  const floor = bundles.find(({ name }) => name === floors[0]);
  if (floor === undefined) throw new Error('the floor was not bundled');
  return bundles.flatMap((bundle) => {
    const figure = (what: string, bytes: number, ofFloor: number): Figure => ({
      bench: 'callback',
      subject: `${bundle.name}: ${what}`,
      value: bytes / 1_000,
      unit: 'kB',
      ratioTo: bundle === floor ? {} : { [floor.name]: bytes / ofFloor },
    });
    return [
      figure('bundle', bundle.bytes, floor.bytes),
      figure('loaded at the start', bundle.bytesAtStart, floor.bytesAtStart),
    ];
  });
}

function raceStarts(
  bundles: readonly FunctionBundle[],
  { folder, report, extent }: BenchCourse,
): Promise<readonly Figure[]> {
  return runRace(
    {
      bench: 'callback',
      measures,
      floors,
      rounds: 25,
      warmUps: 2,
      contenders: bundles.map(({ name, index }) => {
        const env = productionEnvironment({ FONTS_DIR: join(folder, name, 'fonts') });
        return { name, measure: () => startOnce(index, env) };
      }),
    },
    report,
    extent,
  );
}

const importingProgram = `
  const millisecondsOf = ({ user, system }) => (user + system) / 1000;
  const before = { time: performance.now(), usage: process.cpuUsage() };
  const fault = await import(process.argv[1]).then(() => undefined, String);
  const importing = performance.now() - before.time;
  const processorOfImport = millisecondsOf(process.cpuUsage(before.usage));
  const processor = millisecondsOf(process.cpuUsage());
  process.stdout.write(JSON.stringify({ fault, importing, processorOfImport, processor }));
  process.exit();
`;

const startSchema = z.object({
  fault: z.optional(z.string()),
  importing: z.number(),
  processorOfImport: z.number(),
  processor: z.number(),
});

/** Imports a bundle in a fresh process, as a cold start does. */
async function startOnce(index: string, env: Readonly<Record<string, string>>) {
  const before = performance.now();
  const args = ['--input-type=module', '--eval', importingProgram, pathToFileURL(index).href];
  const { stdout } = await run(process.execPath, args, { env });
  const { fault, importing, processorOfImport, processor } = startSchema.parse(JSON.parse(stdout));
  if (fault !== undefined) throw new Error(`a function does not start: ${fault}`);
  return {
    'fresh process': performance.now() - before,
    'its processor time': processor,
    'import alone': importing,
    'processor time of the import': processorOfImport,
  };
}
