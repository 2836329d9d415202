import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

/** Rules of the house that no linter of ours can say. */
describe('the source', () => {
  it('imports zod as a namespace, since the named import brings all of it into a bundle', () => {
    expect(filesWith(/^import (?!type )(?!\* as z ).* from 'zod(\/mini)?'/m)).toEqual([]);
  });

  it('reads the clock in handlers, adapters and the runtime only: everything else is told the time', () => {
    const mayRead = /handler\.ts$|^functions\/shared\/(adapters|runtime)\//;
    expect(
      filesWith(/\bnew Date\(\)/).filter((file) => /^(functions|schemas)\//.test(file) && !mayRead.test(file)),
    ).toEqual([]);
  });
});

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = globSync('{schemas,functions,config,infra}/**/*.ts', { cwd: root });

function filesWith(pattern: RegExp): readonly string[] {
  return sources.filter((file) => pattern.test(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')));
}
