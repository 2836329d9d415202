import type { Instant } from '#schemas/ids.ts';
import type { Exception, ExceptionMove } from './exception.ts';

/**
 * What a run tried to mend, as a step without an author.
 * @returns nothing when the last such step says the same: runs repeat themselves, trails must not
 */
export function notedByRun(before: Exception, note: string, run: number, at: Instant): ExceptionMove | undefined {
  const text = note.slice(0, 500);
  const last = before.trail.findLast(({ did, by }) => did === 'noted' && by === undefined);
  if (last?.note === text) return undefined;
  const step = { at, did: 'noted' as const, run, note: text };
  return { before, after: { ...before, trail: [...before.trail, step], revision: before.revision + 1 } };
}
