import type { Extent, Report } from '../harness/bench.ts';

/** What each part of the callback bench is given. */
export interface BenchCourse {
  /** Where bundles are put. */
  readonly folder: string;
  readonly report: Report;
  readonly extent: Extent;
}
