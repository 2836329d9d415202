/**
 * `npm test` runs it with `--no-compilation-cache`: V8's cache would hold on to every module of every test file that a
 * worker has finished, gigabytes at the end of the run, which each collection goes through again.
 *
 * @type {import('jest').Config}
 */
export default {
  testEnvironment: 'node',
  // Suites that take minutes are named *.slow.ts and run by `npm run test:slow`.
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          // JSON is imported with its type, which Node demands.
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/support/tally-reporter.ts'],
  maxWorkers: 2,
  // Generous, since a busy machine is no fault: what hangs is still told.
  testTimeout: 180_000,
};
