import type { SdkClient } from './faults.ts';

/** A process that dies: what it would have sent from some request on is never sent. */
export interface Kill {
  /** Whether it came so far. */
  readonly struck: () => boolean;
  readonly remove: () => void;
}

let kills = 0;

/**
 * Lets so many requests of the clients pass, all of them together, and none after.
 * @param isDone whether the last of them still reaches the engine, its answer lost
 */
export function killAfter(clients: readonly SdkClient[], passing: number, isDone = false): Kill {
  const name = `kill-${(kills += 1)}`;
  let seen = 0;
  for (const client of clients) {
    client.middlewareStack.add(
      (next) => async (args) => {
        seen += 1;
        if (seen <= passing) return next(args);
        if (isDone && seen === passing + 1) await next(args);
        throw new Error('killed');
      },
      { step: 'initialize', name },
    );
  }
  return {
    struck: () => seen > passing,
    remove: () => {
      for (const client of clients) client.middlewareStack.remove(name);
    },
  };
}
