import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readStacks } from '#infra/local/cloud/synthesise.ts';

it('synthesises for several callers of one process at once, and leaves one result', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'bien-lai-templates-'));
  try {
    const [one, other] = await Promise.all([readStacks(cache), readStacks(cache)]);
    expect(Object.keys(one).length).toBeGreaterThan(1);
    expect(other).toEqual(one);
    expect(await readdir(cache)).toHaveLength(1);
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
});
