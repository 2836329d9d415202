import { describe, expect, it } from '@jest/globals';
import { genuineCallbacks } from '#test/support/genuine-callbacks.ts';
import { waysOfHostility } from '#test/support/hostile-requests.ts';
import { type HostileTally, tryHostileRequests } from '#test/support/hostile-verdict.ts';

const { SEED, RUNS } = process.env;
const seed = Number(SEED ?? 20_261_122);
// Two thirds of them and more say something else than the genuine callback, or do not prove it: 100 000.
const runs = Number(RUNS ?? 150_000);
const patience = 60 * 60_000;

report(`${runs} hostile requests each, SEED=${seed}`);

describe.each(genuineCallbacks)('the gateway $title', (genuine) => {
  it(
    'never throws, never fails and never believes other news than the genuine, whatever is sent',
    async () => {
      const start = performance.now();
      const tally = await tryHostileRequests(genuine, runs, seed);
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      report(`${genuine.title}: ${runs} in ${seconds} s, up to ${tally.largestBytes} bytes; ${wordsFor(tally)}`);

      expect([...tally.ways.keys()].toSorted()).toEqual(waysOfHostility.toSorted());
      expect(tally.readings.get('bad-signature')).toBeGreaterThan(runs / 100);
      expect(tally.readings.get('the same news')).toBeGreaterThan(runs / 100);
      expect(tally.readings.get('the same news')).toBeLessThan(runs / 3);
      expect(tally.largestBytes).toBeGreaterThan(64 * 1024);
    },
    patience,
  );
});

function wordsFor({ readings }: HostileTally): string {
  return [...readings].map(([reading, count]) => `${count} ${reading}`).join(', ');
}

/** Past Jest, which keeps what tests print until they end. */
function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
