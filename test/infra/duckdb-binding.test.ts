import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyDuckDb } from '#infra/constructs/duckdb-binding.ts';
import { bundleFunction } from '#infra/constructs/function-bundle.ts';

/** What Lambda's Amazon Linux 2023 brings. */
const libraries = { GLIBC: 34, GLIBCXX: 29, CXXABI: 13 };

const binding = ['node_modules', '@duckdb', 'node-bindings-linux-x64'] as const;
// Far from this project's node_modules: what the bundle lacks is found nowhere.
const folder = mkdtempSync(join(tmpdir(), 'bien-lai-duckdb-'));
beforeAll(() => {
  bundleFunction('functions/shared/reconciling/engine.ts', folder);
  copyDuckDb(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program beside the bundle, with nothing of this process's environment. */
function runBeside(program: string) {
  const args = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { HOME: folder },
    encoding: 'utf8',
  });
  return { stdout, stderr };
}

const openEngine = `
  const { openEngine } = await import('./index.mjs');
  const engine = await openEngine({ memoryLimit: '200MB', tempFolder: '.' });
`;

describe('DuckDB beside the bundle of a function', () => {
  it('reads, joins and writes files on Node 24 with no package near', () => {
    const program = `${openEngine}
      await engine.run("COPY (SELECT range AS id, range * 2 AS amount FROM range(1000)) TO 'rows.csv'");
      await engine.run("COPY (SELECT sum(a.amount) AS sum FROM 'rows.csv' a JOIN 'rows.csv' b USING (id)) TO 'sum.csv'");
      engine.close();
      console.log(process.version.split('.')[0]);`;

    expect(runBeside(program)).toEqual({ stdout: 'v24\n', stderr: '' });
    expect(readFileSync(join(folder, 'sum.csv'), 'utf8')).toBe('sum\n999000\n');
  });

  it('fetches no extension, also when one is asked for', () => {
    const program = `${openEngine}
      await engine.run("SELECT * FROM 'https://example.invalid/rows.parquet'").catch((fault) => console.log(fault.message));`;

    const { stdout } = runBeside(program);
    expect(stdout).toMatch(/httpfs/);
    expect(stdout).not.toMatch(/download|HTTP/);
  });

  it.each(['duckdb.node', 'libduckdb.so'])('asks with %s for no newer libraries than Lambda has', (file) => {
    const code = readFileSync(join(folder, ...binding, file), 'latin1');
    const needed = [...code.matchAll(/(GLIBC|GLIBCXX|CXXABI)_[0-9.]*?(\d+)\0/g)].map(([, library, version]) => {
      return { library, version: Number(version) };
    });

    expect(needed.length).toBeGreaterThan(0);
    for (const [library, most] of Object.entries(libraries)) {
      const versions = needed.filter((one) => one.library === library).map(({ version }) => version);
      expect(Math.max(0, ...versions)).toBeLessThanOrEqual(most);
    }
  });

  it('is missed in words that say what to do, on a machine for which npm installed another', () => {
    const notInstalled = () => {
      throw new Error('Cannot find module');
    };

    expect(() => copyDuckDb(folder, notInstalled)).toThrow(
      /node-bindings-linux-x64\) is not installed: .*`npm install --no-save --force @duckdb\/node-bindings-linux-x64@\d+\.\d+\.\d+/,
    );
  });
});
