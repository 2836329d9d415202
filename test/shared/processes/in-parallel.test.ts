import { describe, expect, it } from '@jest/globals';
import { inParallel } from '#shared/processes/in-parallel.ts';

describe('work in parallel', () => {
  it('does every item once, so many at a time', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await inParallel(
      Array.from({ length: 20 }, (_, index) => index),
      3,
      async (item) => {
        most = Math.max(most, (running += 1));
        await new Promise((resume) => setImmediate(resume));
        running -= 1;
        done.push(item);
      },
    );

    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(most).toBe(3);
  });

  it('does nothing for nothing, and tells of a failure', async () => {
    await expect(inParallel([], 3, () => Promise.reject(new Error('never asked')))).resolves.toBeUndefined();
    await expect(inParallel([1], 3, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });
});
