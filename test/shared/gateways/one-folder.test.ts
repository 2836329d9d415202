import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { gatewayNames } from '#shared/gateways/registry.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const registry = 'functions/shared/gateways/registry.ts';
/** The demonstration shows one payment, and says at which gateway. */
const demonstration = 'infra/local/demo-steps.ts';

/** Code alone: comments may name a gateway as an example. */
function codeOf(file: string): string {
  return readFileSync(`${root}${file}`, 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '');
}

describe('a gateway', () => {
  it('is named by no code but its own folder and one line of the registry', () => {
    const names = new RegExp(`['"/](${gatewayNames.join('|')})['"/]`);
    const ownFolders = gatewayNames.map((name) => `functions/shared/gateways/${name}/`);
    const others = globSync('{functions,infra,schemas,config,docs}/**/*.ts', { cwd: root })
      .filter((file) => !ownFolders.some((folder) => file.startsWith(folder)))
      .filter((file) => file !== registry && file !== demonstration);

    expect(others.length).toBeGreaterThan(200);
    expect(others.filter((file) => names.test(codeOf(file)))).toEqual([]);
  });

  it('takes one line of the registry', () => {
    const lines = codeOf(registry).split('\n');
    for (const name of gatewayNames) {
      expect(lines.filter((line) => line.includes(`'${name}'`) || line.includes(`/${name}/`))).toHaveLength(1);
    }
  });
});
