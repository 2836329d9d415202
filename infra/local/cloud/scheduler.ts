import { setTimeout as pause } from 'node:timers/promises';

/** When something is to run. */
export interface Timetable {
  /** By an interval it runs at once; by the clock it waits for its time. */
  readonly runsAtOnce: boolean;
  /** How long to wait for the next run. */
  readonly pauseMs: (now: number) => number;
}

export interface ScheduledRun {
  readonly name: string;
  readonly timetable: Timetable;
  readonly run: () => Promise<void>;
  readonly onTrouble: (what: string) => void;
}

/** Runs again and again, never two at once; a failed run is told and the next one comes all the same. */
export function startSchedule({ name, timetable, run, onTrouble }: ScheduledRun): {
  readonly stop: () => Promise<void>;
} {
  const stopping = new AbortController();
  const { signal } = stopping;
  const wait = () => pause(timetable.pauseMs(Date.now()), undefined, { signal }).catch(() => undefined);
  const loop = async () => {
    if (!timetable.runsAtOnce) await wait();
    while (!signal.aborted) {
      await run().catch((fault: unknown) => {
        onTrouble(`the scheduled ${name} failed: ${fault instanceof Error ? fault.message : String(fault)}`);
      });
      await wait();
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

const unitMs = {
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

const dayMs = unitMs.day;
/** Offset of the zones that schedules of ours name; neither knows a summer time. */
const zones: Readonly<Record<string, number>> = { UTC: 0, 'Asia/Ho_Chi_Minh': 7 * unitMs.hour };

/**
 * Reads `rate(5 minutes)`, and `cron(0 9 * * ? *)` in a zone that is known here.
 * @throws Error on any other schedule: the local runner knows no calendar
 */
export function timetableOf(expression: string, zone = 'UTC'): Timetable {
  const [, count, unit] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(expression) ?? [];
  const ms = Object.entries(unitMs).find(([name]) => name === unit)?.[1];
  if (count !== undefined && ms !== undefined) return { runsAtOnce: true, pauseMs: () => Number(count) * ms };
  const [, minute, hour] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression) ?? [];
  const ahead = zones[zone];
  if (minute === undefined || hour === undefined || ahead === undefined) {
    throw new Error(
      `The local runner knows schedules such as rate(5 minutes), or cron(0 9 * * ? *) in Asia/Ho_Chi_Minh, not "${expression}" in ${zone}.`,
    );
  }
  const time = Number(hour) * unitMs.hour + Number(minute) * unitMs.minute;
  return { runsAtOnce: false, pauseMs: (now) => dayMs - ((((now + ahead - time) % dayMs) + dayMs) % dayMs) };
}
