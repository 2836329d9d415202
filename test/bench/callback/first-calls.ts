import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { paymentIdFrom } from '#shared/domain/attempt-ref.ts';
import { bundleEntry } from '#test/support/bundles.ts';
import { devSecrets, originSecret } from '#test/support/function-environment.ts';
import type { Figure } from '../harness/bench.ts';
import { type Contender, runRace } from '../harness/race.ts';
import type { BenchCourse } from './bench-course.ts';
import { bareEntry, bundleInOneFile, floors } from './bundle-starts.ts';
import { paidEvent } from './callback-calls.ts';
import { productionEnvironment, secretNames } from './production-environment.ts';
import { startRecorder } from './recorded-update.ts';

const run = promisify(execFile);

const measures = { 'import and first call': 'ms', 'first call': 'ms', 'processor time of both': 'ms' } as const;

const secrets = {
  [`${secretNames.merchants}/vnpay/ttpvhcc`]: JSON.stringify(devSecrets.vnpay.ttpvhcc),
  [secretNames.origin]: originSecret,
};

/**
 * What the first citizen waits for: a fresh process imports the bundle and answers one winning callback, with its secrets
 * from Secrets Manager, against one that imports the DynamoDB client and sends the same update. Whatever a start puts off
 * until it is called is counted here. The engines are played by this process and answer at once.
 */
export async function measureFirstCalls({ folder, report, extent }: BenchCourse): Promise<readonly Figure[]> {
  const engines = await startRecorder(secrets);
  try {
    const environment = productionEnvironment({
      AWS_ENDPOINT_URL_DYNAMODB: engines.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: engines.endpoint,
    });
    const { index } = bundleEntry('functions/accept-callback/handler.ts', folder);
    const event = paidEvent(paymentIdFrom(1_234_567_891), 28_000);
    const ours = firstCall(index, environment, event, /RspCode\W+00\W/);
    await ours();
    const [update, ...others] = engines.bodies;
    if (update === undefined || others.length > 0) throw new Error('a winning callback is no longer one request');
    const bare = [bundleEntry(bareEntry, folder), bundleInOneFile(bareEntry, folder)];
    const contenders: Contender<typeof measures>[] = [
      { name: 'accept-callback', measure: ours },
      ...bare.map((bundle, place) => ({
        name: floors[place] ?? bundle.name,
        measure: firstCall(bundle.index, environment, JSON.parse(update), /httpStatusCode\W+200\W/),
      })),
    ];
    return await runRace({ bench: 'callback', measures, contenders, floors, rounds: 25, warmUps: 2 }, report, extent);
  } finally {
    await engines.stop();
  }
}

const callingProgram = `
  const [, index, event] = process.argv;
  const start = performance.now();
  const { handler } = await import(index);
  const imported = performance.now();
  const answer = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 10_000 });
  const answered = performance.now();
  const { user, system } = process.cpuUsage();
  const times = { both: answered - start, call: answered - imported, processor: (user + system) / 1000 };
  process.stdout.write('\\n' + JSON.stringify({ ...times, answer: JSON.stringify(answer) }));
  process.exit();
`;

const callSchema = z.object({ both: z.number(), call: z.number(), processor: z.number(), answer: z.string() });

/** @param right what the answer must say, as JSON: nothing else may be measured */
function firstCall(index: string, env: Readonly<Record<string, string>>, event: unknown, right: RegExp) {
  const args = ['--input-type=module', '--eval', callingProgram, pathToFileURL(index).href, JSON.stringify(event)];
  return async () => {
    const { stdout } = await run(process.execPath, args, { env });
    // The log of the function stands before it.
    const { both, call, processor, answer } = callSchema.parse(JSON.parse(stdout.split('\n').at(-1) ?? ''));
    if (!right.test(answer)) throw new Error(`a first call was answered otherwise: ${answer}`);
    return { 'import and first call': both, 'first call': call, 'processor time of both': processor };
  };
}
