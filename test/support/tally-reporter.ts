/** What this reporter reads of jest's aggregated result. */
interface RunResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/**
 * Ends the run with the line `N passed, N failed`. Jest prints its own summary after the reporters are done,
 * so the line waits for the process to exit. A suite that could not be loaded counts as one failure.
 */
export default class TallyReporter {
  onRunComplete(_contexts: unknown, results: RunResults): void {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.on('exit', () => process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`));
  }
}
