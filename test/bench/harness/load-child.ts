import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { lambdaContext } from '#test/support/http-calls.ts';

// Run by load-process.ts with the path of a bundle: calls its handler with the events that it is sent.

type Handler = (event: unknown, context: unknown) => Promise<unknown>;
const bundleSchema = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') });
const loadSchema = z.object({ events: z.array(z.unknown()), clients: z.int().min(1) });
const httpAnswerSchema = z.object({ statusCode: z.int(), body: z.string() });

const { handler } = bundleSchema.parse(await import(pathToFileURL(process.argv[2] ?? '').href));

process.on('message', (message) => {
  const { events, clients } = loadSchema.parse(message);
  void callAll(events, clients).then((result) => process.send?.(result));
});
// Whoever measures has ended or has had enough; sockets that are kept open must not keep this process.
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function callAll(events: readonly unknown[], clients: number) {
  const latencies: number[] = [];
  const answers: Record<string, number> = {};
  const waiting = events.values();
  const start = performance.now();
  const used = process.cpuUsage();
  // Each client takes the next event as soon as its last one is answered.
  const work = async () => {
    for (const event of waiting) {
      const sent = performance.now();
      const answer = wordOf(await handler(event, lambdaContext));
      latencies.push(performance.now() - sent);
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { milliseconds, processorMilliseconds: (user + system) / 1_000, latencies, answers };
}

/** What a caller would hear, to be counted: nothing else than the right answer may be measured. */
function wordOf(answer: unknown): string {
  const http = httpAnswerSchema.safeParse(answer);
  return http.success ? `${http.data.statusCode} ${http.data.body}` : 'done';
}
