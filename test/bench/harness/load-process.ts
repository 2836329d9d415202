import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const resultSchema = z.object({
  milliseconds: z.number(),
  /** What the process used of the processor: steadier than time on a machine that others use too. */
  processorMilliseconds: z.number(),
  latencies: z.array(z.number()),
  /** How often each answer was heard. */
  answers: z.record(z.string(), z.int()),
});
export type LoadResult = z.infer<typeof resultSchema>;

/** A bundled handler in a process of its own, which other contenders share neither heap nor compiled code with. */
export interface LoadProcess {
  /** Calls the handler with every event, so many at a time. */
  readonly call: (events: readonly unknown[], clients: number) => Promise<LoadResult>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a handler as Lambda would, its log going nowhere: it is written all the same, since production pays for it.
 * @param bundle the bundle's `index.mjs`
 */
export async function startLoadProcess(
  bundle: string,
  environment: Readonly<Record<string, string>>,
): Promise<LoadProcess> {
  const child = fork(fileURLToPath(new URL('load-child.ts', import.meta.url)), [bundle], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  await nextMessage(child);
  return {
    call: async (events, clients) => {
      const answered = nextMessage(child);
      child.send({ events, clients });
      return resultSchema.parse(await answered);
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const giveUp = () => {
    reject(new Error('The measured process ended before it answered; what it said last stands above.'));
  };
  child.once('exit', giveUp);
  child.once('message', (message) => {
    child.off('exit', giveUp);
    resolve(message);
  });
  return promise;
}
