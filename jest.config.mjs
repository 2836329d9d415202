import { existsSync } from 'node:fs';

const inTestSupport = (file) =>
  existsSync(new URL(`test/support/${file}`, import.meta.url)) ? `<rootDir>/test/support/${file}` : undefined;

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: inTestSupport('global-setup.ts'),
  globalTeardown: inTestSupport('global-teardown.ts'),
  reporters: ['default', '<rootDir>/test/support/tally-reporter.ts'],
  maxWorkers: 2,
  testTimeout: 30_000,
};
