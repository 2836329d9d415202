import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';

const run = promisify(execFile);
const program = fileURLToPath(new URL('run.ts', import.meta.url));

// In a process of its own, as `npm run bench` is: what it prints for programs, and what it says meanwhile.
const bench = (...args: readonly string[]) => run(process.execPath, [program, ...args], { maxBuffer: 10_000_000 });

const figureSchema = z.object({
  bench: z.string(),
  subject: z.string(),
  value: z.number().positive(),
  ratioTo: z.record(z.string(), z.number().positive()),
});

/** The names of all benches, as the program gives them to whoever asks for one that there is not. */
async function namesOfBenches(): Promise<readonly string[]> {
  const { stderr } = await bench('no-such-bench').catch((fault: unknown) =>
    z.object({ stderr: z.string() }).parse(fault),
  );
  return stderr.split('\n').flatMap((line) => /^ {2}([a-z-]+): /.exec(line)?.[1] ?? []);
}

describe('npm run bench', () => {
  it('still measures with every bench, in one round of little that says nothing', async () => {
    const { stdout } = await bench('--brief', '--json');

    const figures = stdout
      .trim()
      .split('\n')
      .map((line) => figureSchema.parse(JSON.parse(line)));
    const names = await namesOfBenches();
    expect(names).toContain('callback');
    expect([...new Set(figures.map((figure) => figure.bench))]).toEqual(names);
  });
});
