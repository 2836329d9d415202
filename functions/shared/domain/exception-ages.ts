import { type ExceptionClass, type ExceptionLine, exceptionClassSchema } from '#schemas/exception.ts';

/** How long exceptions have waited, in calendar days; each span ends before the next begins. */
export const ageSpans = [
  { fromDays: 0, title: '0–1 ngày' },
  { fromDays: 2, title: '2–3 ngày' },
  { fromDays: 4, title: '4–7 ngày' },
  { fromDays: 8, title: '8–30 ngày' },
  { fromDays: 31, title: 'Trên 30 ngày' },
] as const;

/** Exceptions of one class that wait, by age. */
export interface AgesOfClass {
  readonly class: ExceptionClass;
  readonly count: number;
  readonly overdue: number;
  /** What the two sides differ by, each counted above 0: surplus here does not make up for a lack there. */
  readonly differenceVnd: number;
  /** How many in each of `ageSpans`. */
  readonly bySpan: readonly number[];
  readonly oldestDays: number;
}

/** What waits for people, class by class in the order of the books; classes with nothing are left out. */
export function agesOf(lines: readonly ExceptionLine[]): readonly AgesOfClass[] {
  const waiting = lines.filter(({ state }) => state !== 'closed');
  const byClass = Map.groupBy(waiting, (line): ExceptionClass => line.class);
  return exceptionClassSchema.options.flatMap((name) => {
    const some = byClass.get(name);
    return some === undefined ? [] : [agesOfSome(name, some)];
  });
}

function agesOfSome(name: ExceptionClass, lines: readonly ExceptionLine[]): AgesOfClass {
  return {
    class: name,
    count: lines.length,
    overdue: lines.filter(({ isOverdue }) => isOverdue).length,
    differenceVnd: lines.reduce((sum, { differenceVnd }) => sum + Math.abs(differenceVnd), 0),
    bySpan: ageSpans.map((_, index) => lines.filter(({ ageDays }) => spanOf(ageDays) === index).length),
    oldestDays: Math.max(...lines.map(({ ageDays }) => ageDays)),
  };
}

const spanOf = (ageDays: number): number => ageSpans.findLastIndex(({ fromDays }) => ageDays >= fromDays);
