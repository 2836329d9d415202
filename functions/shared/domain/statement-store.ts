import type { FileDigest } from '#schemas/reconciliation.ts';

/** Where a statement lies. */
export interface StatementPlace {
  readonly key: string;
  /** Where the store keeps versions: another file may have come under the same name. */
  readonly version?: string | undefined;
}

export type Fetching =
  | { readonly kind: 'fetched'; readonly digest: FileDigest; readonly bytes: number }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'missing' };

/** The store in which statements arrive. */
export interface StatementStore {
  /** Copies the file onto the disk, and no more of it than may be. */
  fetch(place: StatementPlace, target: string, mostBytes: number): Promise<Fetching>;
}
