/** The two files, as every contender takes them. */
export interface BenchFiles {
  readonly ledger: string;
  readonly statement: string;
  /** Where a contender may write. */
  readonly folder: string;
}

/** What a contender found, to be held against what was planted: nothing else than the right answer may be measured. */
export interface Found {
  /** Rows of one reference on both sides, and their money by the statement. */
  readonly joined: number;
  readonly sum: number;
}

/** Each is a module that exports `reconcile(files)`; it runs in a process of its own, which loads nothing else. */
export const contenders = {
  ours: 'ours.ts',
  'bare DuckDB join': 'bare-join.ts',
  'DuckDB load and join': 'load-and-join.ts',
  'csv-parse + Map': 'csv-parse-map.ts',
  'node:sqlite': 'sqlite.ts',
} as const;
