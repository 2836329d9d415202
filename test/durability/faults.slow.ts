import { beforeAll, describe, expect, it } from '@jest/globals';
import { payAfterExpiry, payInTime, withoutTimes } from '#test/support/main-path.ts';
import { type CleanWalk, faultsOfWrites, type Strike, walkClean, walkStruck, writesOf } from '#test/support/strikes.ts';

const ways = { 'in time': payInTime, 'after its expiry': payAfterExpiry } as const;
const routes = Object.entries(ways).flatMap(([name, way]) =>
  (['stream', 'sweep'] as const).map((finisher) => ({ name, way, finisher })),
);
const kinds = [...new Set(Object.values(faultsOfWrites).flat())];
const patience = 15 * 60_000;

describe.each(routes)('a payment that is paid $name and finished by the $finisher', ({ way, finisher }) => {
  let clean: CleanWalk;
  beforeAll(async () => {
    clean = await walkClean(way, finisher);
  }, 60_000);

  /** Times apart: what was made good later bears a later one. */
  async function expectSameEnd(...strikes: readonly Strike[]): Promise<void> {
    const end = await walkStruck(way, finisher, ...strikes);
    expect({ strikes, end: withoutTimes(end) }).toEqual({ strikes, end: withoutTimes(clean.end) });
  }

  it.each(kinds)(
    'ends the same whichever write meets %s',
    async (kind) => {
      const writes = writesOf(clean).filter(({ command }) => faultsOfWrites[command]?.includes(kind));
      for (const write of writes) await expectSameEnd({ ...write, kind });
    },
    patience,
  );

  it(
    'ends the same whichever write is repeated by the SDK, because its answer was lost',
    async () => {
      for (const write of writesOf(clean)) {
        await expectSameEnd({ ...write, kind: 'committed-then-timeout', seenBy: 'sdk' });
      }
    },
    patience,
  );

  it(
    'ends the same whichever read fails',
    async () => {
      const reads = clean.requests.filter(({ command }) => !(command in faultsOfWrites));
      expect(reads.length).toBeGreaterThan(0);
      for (const read of reads) await expectSameEnd({ ...read, kind: 'never-sent' });
    },
    patience,
  );
});

describe('a payment that meets two faults', () => {
  let clean: CleanWalk;
  beforeAll(async () => {
    clean = await walkClean(payInTime, 'stream');
  }, 60_000);

  it.each(['committed-then-timeout', 'never-sent'] as const)(
    'ends the same whichever two writes meet %s',
    async (kind) => {
      const writes = writesOf(clean).map((write) => ({ ...write, kind }));
      for (const [place, one] of writes.entries()) {
        for (const other of writes.slice(place + 1)) {
          const end = await walkStruck(payInTime, 'stream', one, other);
          expect({ one, other, end: withoutTimes(end) }).toEqual({ one, other, end: withoutTimes(clean.end) });
        }
      }
    },
    patience,
  );
});
