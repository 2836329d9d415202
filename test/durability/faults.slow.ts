import { beforeAll, describe, expect, it } from '@jest/globals';
import { inParallel } from '#shared/processes/in-parallel.ts';
import { payAfterExpiry, payInTime, withoutTimes } from '#test/support/main-path.ts';
import { type CleanWalk, faultsOfWrites, type Strike, walkClean, walkStruck, writesOf } from '#test/support/strikes.ts';

const ways = { 'in time': payInTime, 'after its expiry': payAfterExpiry } as const;
const routes = Object.entries(ways).flatMap(([name, way]) =>
  (['stream', 'sweep'] as const).map((finisher) => ({ name, way, finisher })),
);
const kinds = [...new Set(Object.values(faultsOfWrites).flat())];
const patience = 15 * 60_000;
const walksAtOnce = 4;

describe.each(routes)('a payment that is paid $name and finished by the $finisher', ({ way, finisher }) => {
  let clean: CleanWalk;
  beforeAll(async () => {
    clean = await walkClean(way, finisher);
  }, 60_000);

  const expectSameEnds = (strikes: readonly Strike[]) =>
    inParallel(strikes, walksAtOnce, async (strike) => {
      const end = await walkStruck(way, finisher, strike);
      expect({ strike, end: withoutTimes(end) }).toEqual({ strike, end: withoutTimes(clean.end) });
    });

  it.each(kinds)(
    'ends the same whichever write meets %s',
    async (kind) => {
      const writes = writesOf(clean).filter(({ command }) => faultsOfWrites[command]?.includes(kind));
      await expectSameEnds(writes.map((write) => ({ ...write, kind })));
    },
    patience,
  );

  it(
    'ends the same whichever write is repeated by the SDK, because its answer was lost',
    async () => {
      const kind = 'committed-then-timeout';
      await expectSameEnds(writesOf(clean).map((write) => ({ ...write, kind, seenBy: 'sdk' })));
    },
    patience,
  );

  it(
    'ends the same whichever read fails',
    async () => {
      const reads = clean.requests.filter(({ command }) => !(command in faultsOfWrites));
      expect(reads.length).toBeGreaterThan(0);
      await expectSameEnds(reads.map((read) => ({ ...read, kind: 'never-sent' })));
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
      const pairs = writes.flatMap((one, place) => writes.slice(place + 1).map((other) => [one, other] as const));
      await inParallel(pairs, walksAtOnce, async (pair) => {
        const end = await walkStruck(payInTime, 'stream', ...pair);
        expect({ pair, end: withoutTimes(end) }).toEqual({ pair, end: withoutTimes(clean.end) });
      });
    },
    patience,
  );
});
