import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { FunctionBundle } from './bundles.ts';

const run = promisify(execFile);

/** What Lambda does: imports the bundle, hands over an event and its context, and takes the answer. */
const program = `
  import { json } from 'node:stream/consumers';
  const { handler } = await import(process.argv[1]);
  const answer = await handler(await json(process.stdin), { getRemainingTimeInMillis: () => 30_000 });
  process.stdout.write('\\n' + JSON.stringify(answer ?? null));
  process.exit();
`;

/**
 * Invokes a bundle once in a fresh process, which has the given environment and no `node_modules` to fall back on.
 * @returns the answer, as JSON carries it
 */
export async function invokeBundle(
  { index }: FunctionBundle,
  environment: Readonly<Record<string, string>>,
  event: unknown,
): Promise<unknown> {
  const invocation = run(process.execPath, ['--input-type=module', '--eval', program, pathToFileURL(index).href], {
    cwd: dirname(index),
    env: environment,
    maxBuffer: 10_000_000,
  });
  invocation.child.stdin?.end(JSON.stringify(event));
  const { stdout } = await invocation;
  // The log and the figures of the function stand before it.
  return JSON.parse(stdout.split('\n').at(-1) ?? '');
}

const startingProgram = `
  const fault = await import(process.argv[1]).then(() => '', (error) => String(error));
  process.stdout.write(fault);
`;

/** Starts a bundle in a fresh process; what it throws, as text, or nothing when it starts. */
export async function faultOfStart(
  { index }: FunctionBundle,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const args = ['--input-type=module', '--eval', startingProgram, pathToFileURL(index).href];
  const { stdout } = await run(process.execPath, args, { cwd: dirname(index), env: environment });
  return stdout;
}
