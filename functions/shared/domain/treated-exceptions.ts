import type { Instant } from '#schemas/ids.ts';
import type { Exception, ExceptionMove } from './exception.ts';

export interface RunNote {
  readonly note: string;
  readonly run: number;
  readonly at: Instant;
  /** Until when it may stay now, where that is sooner than before. */
  readonly dueAt?: Instant | undefined;
}

/**
 * What a run tried to mend, as a step without an author.
 * @returns nothing when the last such step says the same: runs repeat themselves, trails must not
 */
export function notedByRun(
  before: Exception,
  { note, run, at, dueAt = before.dueAt }: RunNote,
): ExceptionMove | undefined {
  const text = note.slice(0, 500);
  const last = before.trail.findLast(({ did, by }) => did === 'noted' && by === undefined);
  if (last?.note === text) return undefined;
  const step = { at, did: 'noted' as const, run, note: text };
  const sooner = dueAt < before.dueAt ? dueAt : before.dueAt;
  return { before, after: { ...before, dueAt: sooner, trail: [...before.trail, step], revision: before.revision + 1 } };
}
