import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type BenchFiles, contenders } from './contenders.ts';
import type { MillionRows } from './million-rows.ts';

const run = promisify(execFile);

const resultSchema = z.object({
  joined: z.int(),
  sum: z.int(),
  classes: z.optional(z.record(z.string(), z.int())),
  seconds: z.number(),
  processorSeconds: z.number(),
  peakMegabytes: z.number(),
});
export type ContenderResult = z.infer<typeof resultSchema>;

/**
 * Runs a contender once, in a process of its own.
 * @throws Error when it has not found what was planted
 */
export async function runContender(
  name: keyof typeof contenders,
  files: BenchFiles & MillionRows,
): Promise<ContenderResult> {
  const child = fileURLToPath(new URL('child.ts', import.meta.url));
  const args = [child, contenders[name], files.ledger, files.statement, files.folder];
  const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args]);
  const result = resultSchema.parse(JSON.parse(stdout));
  const { planted } = files;
  const { KHOP = 0, LECH_TIEN = 0, LECH_TRANG_THAI = 0, THIEU_BIEN_LAI = 0 } = planted;
  const isRight = result.joined === KHOP + LECH_TIEN + LECH_TRANG_THAI + THIEU_BIEN_LAI;
  const isExact = result.classes === undefined || sameCounts(result.classes, planted);
  if (isRight && isExact) return result;
  throw new Error(`${name} found ${JSON.stringify(result)} where ${JSON.stringify(planted)} was planted`);
}

function sameCounts(found: Readonly<Record<string, number>>, planted: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(found), ...Object.keys(planted)]);
  return [...names].every((name) => found[name] === planted[name]);
}
