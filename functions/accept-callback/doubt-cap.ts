import type { Instant } from '#schemas/ids.ts';

/** A callback without proof that seems to be about an attempt. */
export interface Doubt {
  readonly gateway: string;
  /** Address of the sender as the edge saw it. */
  readonly source: string;
  readonly claimedRef: string;
}

/** How many doubts of one minute may make us ask, in one process of the function. */
export interface DoubtLimits {
  readonly perSource: number;
  readonly perGateway: number;
}

/** Says whether a doubt may make us ask now, and counts it if so. */
export type DoubtCap = (doubt: Doubt, now: Instant) => boolean;

const windowMilliseconds = 60_000;

/**
 * Bounds what senders without proof can make us do, by gateway, by sender, and to one question about an attempt. It
 * counts in memory, since nothing of an unproven message may be stored (DESIGN §4.6), and only what it lets pass, so a
 * flood makes it no larger than the limits.
 */
export function makeDoubtCap({ perSource, perGateway }: DoubtLimits): DoubtCap {
  const passed = new Map<string, number>();
  let countedWindow = 0;
  return ({ gateway, source, claimedRef }, now) => {
    const window = Math.floor(Date.parse(now) / windowMilliseconds);
    if (window !== countedWindow) passed.clear();
    countedWindow = window;
    const limits = [
      [gateway, perGateway],
      [`${gateway} from ${networkOf(source)}`, perSource],
      [`${gateway} about ${claimedRef}`, 1],
    ] as const;
    if (limits.some(([name, most]) => (passed.get(name) ?? 0) >= most)) return false;
    for (const [name] of limits) passed.set(name, (passed.get(name) ?? 0) + 1);
    return true;
  };
}

/** One sender has a whole /64 of IPv6 addresses, its first four groups. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros].slice(0, 4).join(':');
}
