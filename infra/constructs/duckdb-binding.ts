import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';

const require = createRequire(import.meta.url);

/** Most build machines are of this architecture, and so have its binding from `npm ci`. */
export const duckDbArchitecture = Architecture.X86_64;

/** The package of DuckDB's machine code for Lambda: Amazon Linux is built on glibc. */
const bindingPackage = '@duckdb/node-bindings-linux-x64';
const bindingFiles = ['package.json', 'LICENSE', 'duckdb.node', 'libduckdb.so'] as const;

/**
 * Puts DuckDB's machine code beside a bundle, in the folder where the bundle's `require` looks for it. `duckdb.node` finds
 * `libduckdb.so` in its own folder.
 * @throws Error on a build machine of another kind, saying how to install it there
 */
export function copyDuckDb(outputFolder: string, findFile: (name: string) => string = require.resolve): void {
  const source = sourceFolder(findFile);
  const target = join(outputFolder, 'node_modules', bindingPackage);
  mkdirSync(target, { recursive: true });
  for (const file of bindingFiles) copyFileSync(join(source, file), join(target, file));
}

function sourceFolder(findFile: (name: string) => string): string {
  try {
    return dirname(findFile(`${bindingPackage}/package.json`));
  } catch (cause) {
    throw new Error(
      `DuckDB’s machine code for Lambda (${bindingPackage}) is not installed: npm installs that of the machine it runs ` +
        'on, and this one is no Linux on x86-64 with glibc. Synthesise on such a machine, or add it here with ' +
        `\`npm install --no-save --force ${bindingPackage}@${versionInUse()}\`.`,
      { cause },
    );
  }
}

function versionInUse(): string {
  const facts: unknown = JSON.parse(readFileSync(require.resolve('@duckdb/node-bindings/package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(facts).version;
}
