/** Something that is measured, by the name that is given to `npm run bench -- NAME`. */
export interface Bench {
  readonly name: string;
  /** What it measures and what must be reached, in one line. */
  readonly what: string;
  readonly run: (report: Report, extent: Extent) => Promise<readonly Figure[]>;
}

/** All that says something, or one round of little, which measures nothing and shows that the bench still works. */
export type Extent = 'full' | 'brief';

/** Says how far a bench has come: progress, never a figure. */
export type Report = (line: string) => void;

/** One measured value, and how it stands to what it is measured against. */
export interface Figure {
  readonly bench: string;
  readonly subject: string;
  /** Median of the rounds. */
  readonly value: number;
  readonly unit: string;
  /** By the name of the floor: median of the ratios of each round, subject through floor. Empty for a floor. */
  readonly ratioTo: Readonly<Record<string, number>>;
  /**
   * Between which two the middle half of the rounds lies: their ratios to the first floor, or their values where there
   * is none. Absent when nothing varies.
   */
  readonly spread?: readonly [low: number, high: number];
}
