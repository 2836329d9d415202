import { setTimeout as pauseFor } from 'node:timers/promises';

const firstPauseMs = 20;
const longestPauseMs = 1_000;

/** Waits before a further try: a random time below a limit that doubles, so that rivals spread out. */
export async function pauseBeforeTry(tries: number): Promise<void> {
  await pauseFor(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** tries));
}
