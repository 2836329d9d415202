import { describe, expect, it } from '@jest/globals';
import { type Contender, runRace } from './race.ts';

/** A contender that gives prepared times, and says when it was its turn. */
function prepared(name: string, times: readonly number[], turns: string[]): Contender<{ time: 'ms' }> {
  const waiting = times.values();
  return {
    name,
    measure: () => {
      turns.push(name);
      return Promise.resolve({ time: waiting.next().value ?? Number.NaN });
    },
  };
}

const course = { bench: 'trial', measures: { time: 'ms' }, floors: ['floor'], warmUps: 0 } as const;

describe('a race', () => {
  it('lets the contenders run in turn and forgets the rounds that warm them up', async () => {
    const turns: string[] = [];
    const said: string[] = [];
    const contenders = [prepared('ours', [900, 4, 6], turns), prepared('floor', [800, 2, 3], turns)];

    const figures = await runRace({ ...course, contenders, rounds: 2, warmUps: 1 }, (line) => void said.push(line));

    expect(turns).toEqual(['ours', 'floor', 'ours', 'floor', 'ours', 'floor']);
    expect(said).toEqual(['trial: warming up', 'trial: round 1 of 2', 'trial: round 2 of 2']);
    expect(figures).toEqual([
      { bench: 'trial', subject: 'ours: time', value: 5, unit: 'ms', ratioTo: { floor: 2 }, spread: [2, 2] },
      { bench: 'trial', subject: 'floor: time', value: 2.5, unit: 'ms', ratioTo: {}, spread: [2.25, 2.75] },
    ]);
  });

  it('takes each ratio within its round, so that a disturbed round moves neither ratio nor result', async () => {
    const contenders = [prepared('ours', [12, 120, 13, 12, 1_300], []), prepared('floor', [10, 100, 10, 10, 10], [])];

    const [ours] = await runRace({ ...course, contenders, rounds: 5 }, () => undefined);

    expect(ours).toMatchObject({ value: 13, ratioTo: { floor: 1.2 }, spread: [1.2, 1.3] });
  });

  it('sets a contender against several floors', async () => {
    const contenders = [prepared('ours', [6], []), prepared('floor', [2], []), prepared('other floor', [3], [])];

    const floors = ['floor', 'other floor'];
    const [ours] = await runRace({ ...course, contenders, floors, rounds: 1 }, () => undefined);

    expect(ours?.ratioTo).toEqual({ floor: 3, 'other floor': 2 });
  });
});
