import { benches } from './benches.ts';
import { runBench } from './run-bench.ts';

process.exitCode = await runBench(process.argv.slice(2), benches, { print: console.log, report: console.error });
