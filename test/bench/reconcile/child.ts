import * as z from 'zod';

// Run by run-contender.ts with the name of a contender's module and the files: prints what it found and what it took.

const moduleSchema = z.object({
  reconcile: z.custom<(files: object) => Promise<object>>((value) => typeof value === 'function'),
});

const [module = '', ledger = '', statement = '', folder = ''] = process.argv.slice(2);
const { reconcile } = moduleSchema.parse(await import(new URL(module, import.meta.url).href));
const start = performance.now();
const used = process.cpuUsage();
const found = await reconcile({ ledger, statement, folder });
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(used);
// In kilobytes on every system.
const peakMegabytes = process.resourceUsage().maxRSS / 1000;
console.log(JSON.stringify({ ...found, seconds, processorSeconds: (user + system) / 1_000_000, peakMegabytes }));
