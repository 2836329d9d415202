import { randomInt } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';

export interface RetryBudget {
  /** No new try is begun later than this after the first one. */
  readonly milliseconds: number;
  readonly firstPause: number;
  readonly longestPause: number;
}

/** Well inside a gateway's 15 seconds and the function's own limit. */
export const usualBudget: RetryBudget = { milliseconds: 5_000, firstPause: 25, longestPause: 800 };

/**
 * Begins to spend a budget. Each call waits before the next try, with full jitter and growing pauses, or says
 * `false` at once when no time is left for one.
 */
export function startPatience(budget: RetryBudget): () => Promise<boolean> {
  const deadline = performance.now() + budget.milliseconds;
  let longest = budget.firstPause;
  return async () => {
    const pause = randomInt(longest + 1);
    longest = Math.min(budget.longestPause, longest * 2);
    if (performance.now() + pause > deadline) return false;
    await pauseFor(pause);
    return true;
  };
}
