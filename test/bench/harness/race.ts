import type { Extent, Figure, Report } from './bench.ts';
import { median, percentile } from './statistics.ts';

/** What is measured of each contender, and in which unit. */
export type Measures = Readonly<Record<string, string>>;

/** What one round gave, by measure. */
export type Sample<Names extends Measures> = Readonly<Record<keyof Names, number>>;

/** Ours, a peer, or the floor that nobody can be below. */
export interface Contender<Names extends Measures> {
  readonly name: string;
  readonly measure: () => Promise<Sample<Names>>;
}

export interface Race<Names extends Measures> {
  readonly bench: string;
  readonly measures: Names;
  readonly contenders: readonly Contender<Names>[];
  /** The contenders that the others are set against. */
  readonly floors: readonly string[];
  readonly rounds: number;
  /** Rounds that are run and forgotten. */
  readonly warmUps: number;
}

/**
 * Measures the contenders in turn, round by round. What else the machine does in a round hits all of them alike, so a
 * ratio is taken within its round, and the median of the ratios is the result.
 */
export async function runRace<Names extends Measures>(
  given: Race<Names>,
  report: Report,
  extent: Extent = 'full',
): Promise<readonly Figure[]> {
  const race = extent === 'full' ? given : { ...given, rounds: 1, warmUps: 0 };
  const samples = new Map(race.contenders.map(({ name }): [string, Sample<Names>[]] => [name, []]));
  for (let round = 1 - race.warmUps; round <= race.rounds; round += 1) {
    for (const { name, measure } of race.contenders) {
      const sample = await measure();
      if (round > 0) samples.get(name)?.push(sample);
    }
    report(round > 0 ? `${race.bench}: round ${round} of ${race.rounds}` : `${race.bench}: warming up`);
  }
  return race.contenders.flatMap(({ name }) =>
    Object.entries(race.measures).map(([measure, unit]) => figureOf(race, samples, { name, measure, unit })),
  );
}

function figureOf<Names extends Measures>(
  { bench, floors }: Race<Names>,
  samples: ReadonlyMap<string, readonly Sample<Names>[]>,
  { name, measure, unit }: { readonly name: string; readonly measure: string; readonly unit: string },
): Figure {
  const valuesOf = (contender: string) => (samples.get(contender) ?? []).map((sample) => sample[measure] ?? Number.NaN);
  const values = valuesOf(name);
  const ratios = (floors.includes(name) ? [] : floors).map((floor): [string, readonly number[]] => {
    const base = valuesOf(floor);
    return [floor, values.map((value, round) => value / (base[round] ?? Number.NaN))];
  });
  const varying = ratios[0]?.[1] ?? values;
  return {
    bench,
    subject: `${name}: ${measure}`,
    value: median(values),
    unit,
    ratioTo: Object.fromEntries(ratios.map(([floor, ofRounds]) => [floor, median(ofRounds)])),
    spread: [percentile(varying, 25), percentile(varying, 75)],
  };
}
