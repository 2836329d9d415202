import { parseArgs } from 'node:util';
import type { Bench, Extent } from './harness/bench.ts';
import { asJsonLine, asTable } from './harness/figures-as-text.ts';

/** Where figures go, and where progress and complaints go. */
export interface Output {
  readonly print: (line: string) => void;
  readonly report: (line: string) => void;
}

/**
 * Runs one bench by its name, or all of them.
 * @returns the exit code: 0 measured, 2 asked for something that there is not
 */
export async function runBench(args: readonly string[], benches: readonly Bench[], output: Output): Promise<0 | 2> {
  const asked = readArguments(args);
  if (asked === undefined) {
    output.report('usage: npm run bench -- [NAME] [--json] [--brief]');
    return 2;
  }
  const chosen = asked.name === undefined ? benches : benches.filter(({ name }) => name === asked.name);
  if (chosen.length === 0) {
    const known = benches.map(({ name, what }) => `  ${name}: ${what}`);
    output.report([`There is no bench "${asked.name}". There are:`, ...known].join('\n'));
    return 2;
  }
  for (const bench of chosen) {
    const figures = await bench.run(output.report, asked.extent);
    if (asked.json) for (const figure of figures) output.print(asJsonLine(figure));
    else output.print(`${bench.name}: ${bench.what}\n${asTable(figures)}`);
  }
  return 0;
}

function readArguments(
  args: readonly string[],
): { name: string | undefined; json: boolean; extent: Extent } | undefined {
  try {
    const flag = { type: 'boolean', default: false } as const;
    const options = { json: flag, brief: flag };
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const extent = values.brief ? 'brief' : 'full';
    return positionals.length > 1 ? undefined : { name: positionals[0], json: values.json, extent };
  } catch {
    return undefined;
  }
}
