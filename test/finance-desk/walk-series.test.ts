import { describe, expect, it } from '@jest/globals';
import { type WalkNeeds, walkSeries } from '#functions/finance-desk/walk-series.ts';
import { businessDateSchema } from '#schemas/ids.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { ReceiptRegister } from '#shared/domain/receipt-register.ts';
import type { Series } from '#shared/domain/series.ts';
import { isWhole } from '#shared/domain/series-proof.ts';
import { aRegistered, aRun, aSeries, registerOf } from '#test/support/register-scene.ts';

const november = (day: number) => businessDateSchema.parse(`2026-11-${String(day).padStart(2, '0')}`);

/** Walks a series, all of it or some days of November. */
async function walk(register: ReceiptRegister, series: Series, days: { from?: number; to?: number } = {}) {
  const visited: number[] = [];
  const pauses: number[] = [];
  const needs: WalkNeeds = {
    register,
    pauseBeforeTry: (tries) => Promise.resolve(void pauses.push(tries)),
    tellProgress: () => undefined,
  };
  const proof = await walkSeries(
    {
      series,
      firstNumber: 1,
      from: days.from === undefined ? undefined : november(days.from),
      to: days.to === undefined ? undefined : november(days.to),
    },
    ({ content }) => void visited.push(content.number),
    needs,
  );
  return { proof, visited, pauses };
}

describe('a walk along a series', () => {
  it('visits every receipt in order and proves that none is missing', async () => {
    const { proof, visited, pauses } = await walk(registerOf(aRun(1, 250), [aSeries(250)]), aSeries(250));
    expect(visited).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    expect(proof).toMatchObject({ count: 250, first: { number: 1 }, last: { number: 250 } });
    expect(isWhole(proof)).toBe(true);
    expect(pauses).toEqual([]);
  });

  it('names every number that is missing: at the beginning, within, and at the end', async () => {
    const left = [...aRun(2, 4), ...aRun(8, 9), aRegistered(11)];
    const { proof } = await walk(registerOf(left, [aSeries(13)]), aSeries(13));
    expect(proof.missing).toEqual([
      { from: 1, to: 1 },
      { from: 5, to: 7 },
      { from: 10, to: 10 },
      { from: 12, to: 13 },
    ]);
    expect(isWhole(proof)).toBe(false);
  });

  it('accuses nobody for an index that is late, and keeps the order', async () => {
    const late = registerOf(aRun(1, 5), [aSeries(5)], { 3: 2, 5: 4 });
    const { proof, visited } = await walk(late, aSeries(5));
    expect(visited).toEqual([1, 2, 3, 4, 5]);
    expect(isWhole(proof)).toBe(true);
  });

  it('does not wait anew for each of many missing numbers', async () => {
    const everyOther = Array.from({ length: 500 }, (_, index) => aRegistered(index * 2 + 1));
    const { proof, pauses } = await walk(registerOf(everyOther, [aSeries(1_000)]), aSeries(1_000));
    expect(proof.missing).toHaveLength(500);
    expect(pauses).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves receipts that were numbered since it began to the next report', async () => {
    const { proof, visited } = await walk(registerOf(aRun(1, 8), [aSeries(8)]), aSeries(5));
    expect(visited).toEqual([1, 2, 3, 4, 5]);
    expect(isWhole(proof)).toBe(true);
  });

  it('accuses a counter that was set back behind its own receipts', async () => {
    const { proof } = await walk(registerOf(aRun(1, 8), [aSeries(5)]), aSeries(5));
    expect(proof.beyondCounter).toBe(6);
    expect(isWhole(proof)).toBe(false);
  });

  it('names a number that was given out twice, and one that is dated before a lower one', async () => {
    const twice = aRegistered(2, '2026-11-22', { content: { lookupCode: '8KQ2M9XWPD4T' } });
    const receipts = [...aRun(1, 3), twice, aRegistered(4, '2026-11-21')];
    const { proof } = await walk(registerOf(receipts, [aSeries(4)]), aSeries(4));
    expect(proof).toMatchObject({ repeated: [2], backDated: [4], missing: [] });
  });

  it('has nothing to say against a series that was opened and not used', async () => {
    const { proof } = await walk(registerOf([], [aSeries(0)]), aSeries(0));
    expect(proof).toMatchObject({ count: 0, missing: [] });
    expect(isWhole(proof)).toBe(true);
  });
});

describe('a walk along some days of a series', () => {
  const days: readonly Receipt[] = [...aRun(1, 100, '2026-11-20'), ...aRun(101, 230, '2026-11-21'), ...aRun(231, 300)];

  it('finds where the days begin and end without reading the others', async () => {
    const register = registerOf(days, [aSeries(300)]);
    const { proof, visited } = await walk(register, aSeries(300), { from: 21, to: 21 });
    expect([visited[0], visited.at(-1), visited.length]).toEqual([101, 230, 130]);
    expect(isWhole(proof)).toBe(true);
    expect(register.reads()).toBeLessThan(25);
  });

  it.each([
    [{ to: 19 }, []],
    [{ from: 22 }, [231, 300]],
    [{ from: 23 }, []],
    [{ from: 1, to: 20 }, [1, 100]],
  ])('takes %j', async (period, ends) => {
    const { proof, visited } = await walk(registerOf(days, [aSeries(300)]), aSeries(300), period);
    expect([visited[0], visited.at(-1)].filter((number) => number !== undefined)).toEqual(ends);
    expect(isWhole(proof)).toBe(true);
  });

  it('names each missing number in exactly one of the periods, also at their edges', async () => {
    const gone = new Set([1, 100, 101, 150, 230, 231, 299, 300]);
    const left = days.filter(({ content }) => !gone.has(content.number));
    const register = registerOf(left, [aSeries(300)]);
    const missing = [];
    for (const day of [19, 20, 21, 22, 23]) {
      const { proof } = await walk(register, aSeries(300), { from: day, to: day });
      missing.push(...proof.missing.flatMap(({ from, to }) => (from === to ? [from] : [from, to])));
    }
    expect(missing.toSorted((one, other) => one - other)).toEqual([...gone]);
  });
});
