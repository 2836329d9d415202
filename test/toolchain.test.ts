import { describe, expect, it } from '@jest/globals';
import packageJson from '../package.json' with { type: 'json' };

describe('the toolchain', () => {
  it('runs on the Node 24 of the npm package, not on the Node of the host', () => {
    expect(process.version).toBe(`v${packageJson.devDependencies.node}`);
    expect(process.version).toMatch(/^v24\./);
  });
});
