import { beforeAll, describe, expect, it } from '@jest/globals';
import { payAfterExpiry, payInTime, withoutTimes } from '#test/support/main-path.ts';
import { type CleanWalk, faultsOfWrites, type Strike, walkClean, walkStruck, writesOf } from '#test/support/strikes.ts';

const ways = { 'paid in time': payInTime, 'paid after expiry': payAfterExpiry } as const;
const routes = Object.entries(ways).flatMap(([name, way]) =>
  (['stream', 'sweep'] as const).map((finisher) => ({ name, way, finisher })),
);
const kinds = [...new Set(Object.values(faultsOfWrites).flat())];
const minutes = 60_000;

describe.each(routes)('a payment $name, finished by the $finisher', ({ way, finisher }) => {
  let clean: CleanWalk;
  beforeAll(async () => {
    clean = await walkClean(way, finisher);
  }, minutes);

  /** The same end, but for times: what was made good later bears a later one. */
  async function expectSameEnd(...strikes: readonly Strike[]): Promise<void> {
    const end = await walkStruck(way, finisher, ...strikes);
    expect({ strikes, end: withoutTimes(end) }).toEqual({ strikes, end: withoutTimes(clean.end) });
  }

  it.each(kinds.flatMap((kind) => (['caller', 'sdk'] as const).map((seenBy) => [kind, seenBy] as const)))(
    'ends the same whichever write meets %s, seen by the %s',
    async (kind, seenBy) => {
      const writes = writesOf(clean).filter(({ command }) => faultsOfWrites[command]?.includes(kind));
      for (const write of writes) await expectSameEnd({ ...write, kind, seenBy });
    },
    10 * minutes,
  );

  it.each(['throttle', 'never-sent'] as const)(
    'ends the same whichever read meets %s',
    async (kind) => {
      const reads = clean.requests.filter(({ command }) => !(command in faultsOfWrites));
      expect(reads.length).toBeGreaterThan(0);
      for (const read of reads) await expectSameEnd({ ...read, kind });
    },
    10 * minutes,
  );
});

describe('a payment that meets two faults', () => {
  it.each(['committed-then-timeout', 'never-sent'] as const)(
    'ends the same whichever two writes meet %s',
    async (kind) => {
      const clean = await walkClean(payInTime, 'stream');
      const writes = writesOf(clean);
      for (const [place, write] of writes.entries()) {
        for (const other of writes.slice(place + 1)) {
          const strikes = [
            { ...write, kind },
            { ...other, kind },
          ];
          const end = await walkStruck(payInTime, 'stream', ...strikes);
          expect({ strikes, end: withoutTimes(end) }).toEqual({ strikes, end: withoutTimes(clean.end) });
        }
      }
    },
    10 * minutes,
  );
});
