import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demonstrate } from './demo-steps.ts';
import { findFreePorts } from './ports.ts';
import { startStack } from './stack.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** @throws TypeError for an option that does not exist, naming it */
function readOutputFolder(): string {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'out/demo' } } });
  return resolve(values.out);
}

/** Runs the main job on a stack of its own, which leaves nothing but the files in the output folder. */
async function run(): Promise<void> {
  const outputFolder = readOutputFolder();
  await mkdir(outputFolder, { recursive: true });
  const stateFolder = await mkdtemp(join(tmpdir(), 'bien-lai-demo-'));
  const stack = await startStack({ ports: await findFreePorts(), stateFolder, say });
  try {
    await demonstrate(stack, { outputFolder, say });
  } finally {
    await stack.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
}

process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN';
try {
  await run();
} catch (fault) {
  process.stderr.write(`Thất bại (failed): ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
