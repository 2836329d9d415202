/** How long to wait for a condition, and how often to ask. */
export interface Patience {
  readonly timeoutMs: number;
  readonly everyMs?: number;
}

/**
 * Asks `probe` until it gives something other than `undefined`. Everything here that waits, waits on a condition:
 * a fixed pause is too long on a fast machine and too short on a slow one.
 * @param what completes the sentence "gave up waiting for ..."
 */
export async function waitUntil<Found>(
  what: string,
  probe: () => Promise<Found | undefined>,
  patience: Patience,
): Promise<Found> {
  const deadline = Date.now() + patience.timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() >= deadline) throw new Error(`Gave up waiting for ${what} after ${patience.timeoutMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, patience.everyMs ?? 50));
  }
}
