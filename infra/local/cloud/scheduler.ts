import { setTimeout as pause } from 'node:timers/promises';

export interface ScheduledRun {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
  readonly onTrouble: (what: string) => void;
}

/** Runs now and then at every interval, never two at once; a failed run is told and the next one comes all the same. */
export function startSchedule({ name, everyMs, run, onTrouble }: ScheduledRun): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      await run().catch((fault: unknown) => {
        onTrouble(`the scheduled ${name} failed: ${fault instanceof Error ? fault.message : String(fault)}`);
      });
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
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

/**
 * Reads `rate(5 minutes)`.
 * @throws Error on any other schedule: the local runner knows no calendar
 */
export function intervalOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(expression) ?? [];
  const ms = Object.entries(unitMs).find(([name]) => name === unit)?.[1];
  if (count === undefined || ms === undefined) {
    throw new Error(`The local runner knows schedules such as rate(5 minutes), not "${expression}".`);
  }
  return Number(count) * ms;
}
