import { describe, expect, it } from '@jest/globals';
import type { Bench } from './harness/bench.ts';
import { runBench } from './run-bench.ts';

const numbering: Bench = {
  name: 'numbering',
  what: 'numbers per second',
  run: (report) => {
    report('numbering: round 1 of 1');
    return Promise.resolve([
      {
        bench: 'numbering',
        subject: 'ours: throughput',
        value: 1_234.567,
        unit: 'numbers/s',
        ratioTo: { 'bare transaction': 0.876_54 },
        spread: [0.8, 0.9],
      },
      { bench: 'numbering', subject: 'bare transaction: throughput', value: 1_400, unit: 'numbers/s', ratioTo: {} },
    ]);
  },
};
const idle: Bench = { name: 'idle', what: 'nothing', run: () => Promise.resolve([]) };

async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const reported: string[] = [];
  const output = {
    print: (line: string) => void printed.push(line),
    report: (line: string) => void reported.push(line),
  };
  return { code: await runBench(args, [numbering, idle], output), printed, reported };
}

describe('npm run bench', () => {
  it('prints a readable table, and progress elsewhere', async () => {
    const { code, printed, reported } = await run('numbering');

    expect(code).toBe(0);
    expect(reported).toEqual(['numbering: round 1 of 1']);
    expect(printed.join('\n').split('\n')).toEqual([
      'numbering: numbers per second',
      'subject                       median            ratio                    middle half of the rounds',
      'ours: throughput              1234.6 numbers/s  0.88 × bare transaction  0.8–0.9',
      'bare transaction: throughput  1400 numbers/s',
    ]);
  });

  it('prints one JSON line per figure when a program asks', async () => {
    const { printed } = await run('numbering', '--json');

    expect(printed).toEqual([
      '{"bench":"numbering","subject":"ours: throughput","value":1234.57,"unit":"numbers/s","ratioTo":{"bare transaction":0.877}}',
      '{"bench":"numbering","subject":"bare transaction: throughput","value":1400,"unit":"numbers/s","ratioTo":{}}',
    ]);
  });

  it('runs every bench when none is named', async () => {
    expect((await run()).printed.map((text) => text.split('\n')[0])).toEqual([
      'numbering: numbers per second',
      'idle: nothing',
    ]);
  });

  it('names the benches when asked for one that there is not, and ends with 2', async () => {
    expect(await run('numberin')).toEqual({
      code: 2,
      printed: [],
      reported: ['There is no bench "numberin". There are:\n  numbering: numbers per second\n  idle: nothing'],
    });
  });

  it.each([[['--jsn']], [['numbering', 'idle']]])(
    'says how it is called when it is called otherwise: %j',
    async (args) => {
      expect(await run(...args)).toEqual({
        code: 2,
        printed: [],
        reported: ['usage: npm run bench -- [NAME] [--json] [--brief]'],
      });
    },
  );
});
