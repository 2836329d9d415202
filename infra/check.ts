import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One thing that must hold before a change lands. */
interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What to do when it fails. */
  readonly advice: string;
}

const sources = ['schemas', 'functions', 'config', 'infra', 'test', 'docs'];

const steps: readonly Step[] = [
  {
    name: 'format',
    command: 'biome',
    args: ['check', '.'],
    advice: 'Run `npm run format`, which formats and sorts imports.',
  },
  {
    name: 'lint',
    command: 'oxlint',
    args: ['--type-aware', '--deny-warnings', '.'],
    advice: 'The rules are in .oxlintrc.json. Mend the code; a rule is turned off only with a reason beside it.',
  },
  {
    name: 'types',
    command: 'tsc',
    args: ['--noEmit', '--pretty', 'false'],
    advice: 'Mend the types at their source: there are no casts outside functions/shared/runtime.',
  },
  {
    name: 'layers',
    command: 'depcruise',
    args: [...sources, '--output-type', 'err-long'],
    advice: 'Each rule of .dependency-cruiser.cjs says why it is there and where the code belongs instead.',
  },
  {
    name: 'generated contracts',
    command: 'node',
    args: ['schemas/generate.ts', '--check'],
    advice: 'Run `npm run generate` and commit what it writes.',
  },
  {
    name: 'drawn pages',
    command: 'node',
    args: ['docs/draw-payment-states.ts', '--check'],
    advice: 'Run `npm run generate` and commit what it writes.',
  },
  {
    name: 'template and security rules',
    command: 'cdk',
    args: ['synth', '-q'],
    advice: 'Mend the construct, or acknowledge the finding with its reason where the resource is declared.',
  },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
  CDK_DISABLE_CLI_TELEMETRY: 'true',
};

const failed = steps.filter((step) => !passes(step));
console.log(failed.length === 0 ? 'check: all ok' : `check: failed in ${failed.map(({ name }) => name).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Runs a step and prints one line; what the tool said is shown only when it complains. */
function passes({ name, command, args, advice }: Step): boolean {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const passed = status === 0;
  console.log(`${passed ? 'ok    ' : 'failed'}  ${name} (${seconds} s)`);
  if (!passed) console.log([stdout, stderr, error?.message, `-> ${advice}`].filter(Boolean).join('\n'));
  return passed;
}
