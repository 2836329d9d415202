import { describe, expect, it } from '@jest/globals';
import { startSchedule, timetableOf } from '#infra/local/cloud/scheduler.ts';
import { waitUntil } from '#infra/local/wait-until.ts';

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('reads %s, and runs at once', (expression, ms) => {
    const { runsAtOnce, pauseMs } = timetableOf(expression);
    expect([runsAtOnce, pauseMs(0)]).toEqual([true, ms]);
  });

  it.each([
    ['a minute before nine in Vietnam', '2026-11-23T01:59:00.000Z', 60_000],
    ['at nine, for the next day', '2026-11-23T02:00:00.000Z', 86_400_000],
    ['in the evening there, which is the next day’s morning', '2026-11-23T17:00:00.000Z', 9 * 3_600_000],
  ])('of nine o’clock waits: %s', (_when, now, ms) => {
    const { runsAtOnce, pauseMs } = timetableOf('cron(0 9 * * ? *)', 'Asia/Ho_Chi_Minh');
    expect([runsAtOnce, pauseMs(Date.parse(now))]).toEqual([false, ms]);
  });

  it.each([
    ['cron(0 9 1 * ? *)', 'Asia/Ho_Chi_Minh'],
    ['cron(0 12 * * ? *)', 'Europe/Berlin'],
    ['rate(x minutes)', undefined],
    ['at(2026-11-22T00:00:00)', undefined],
    ['', undefined],
  ])('refuses "%s" by name', (expression, zone) => {
    expect(() => timetableOf(expression, zone)).toThrow(`not "${expression}"`);
  });

  it('runs at once and again, tells a failed run and never runs twice at a time', async () => {
    const troubles: string[] = [];
    let runs = 0;
    let atOnce = 0;
    let mostAtOnce = 0;
    const schedule = startSchedule({
      name: 'chase-payments',
      timetable: { runsAtOnce: true, pauseMs: () => 1 },
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
