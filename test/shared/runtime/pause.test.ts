import { describe, expect, it } from '@jest/globals';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';

describe('the pause before a further try', () => {
  it('is short at first and at most a second, whatever the number of tries', async () => {
    const start = performance.now();
    await Promise.all([pauseBeforeTry(1), pauseBeforeTry(2)]);
    const early = performance.now() - start;
    await pauseBeforeTry(60);

    expect(early).toBeLessThan(500);
    expect(performance.now() - start - early).toBeLessThan(1_500);
  });
});
