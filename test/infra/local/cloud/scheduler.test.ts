import { describe, expect, it } from '@jest/globals';
import { intervalOf, startSchedule } from '#infra/local/cloud/scheduler.ts';
import { waitUntil } from '#infra/local/wait-until.ts';

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('reads %s', (expression, ms) => {
    expect(intervalOf(expression)).toBe(ms);
  });

  it.each(['cron(0 12 * * ? *)', 'rate(x minutes)', 'at(2026-11-22T00:00:00)', ''])(
    'refuses "%s" by name',
    (expression) => {
      expect(() => intervalOf(expression)).toThrow(`not "${expression}"`);
    },
  );

  it('runs at once and again, tells a failed run and never runs twice at a time', async () => {
    const troubles: string[] = [];
    let runs = 0;
    let atOnce = 0;
    let mostAtOnce = 0;
    const schedule = startSchedule({
      name: 'chase-payments',
      everyMs: 1,
      onTrouble: (what) => troubles.push(what),
      run: async () => {
        runs += 1;
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
        if (runs === 1) throw new Error('no table');
      },
    });
    await waitUntil('three runs', async () => (runs >= 3 ? true : undefined), { timeoutMs: 5_000, everyMs: 1 });
    await schedule.stop();

    expect(troubles).toEqual(['the scheduled chase-payments failed: no table']);
    expect(mostAtOnce).toBe(1);
  });
});
