import type { ExceptionLine, ExceptionState } from '#schemas/exception.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import type { Exception } from '#shared/domain/exception.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import type { ReconciliationNeeds } from './reconciliation-needs.ts';
import { showLine } from './show-exception.ts';

/** Narrows the list; what is absent narrows nothing. */
export interface ExceptionFilter {
  readonly gateway?: string | undefined;
  readonly merchant?: string | undefined;
  readonly class?: string | undefined;
  /** A person, or a desk. */
  readonly owner?: string | undefined;
  /** `open` or `proposed`; those at an end are listed by their day. */
  readonly state?: ExceptionState | undefined;
  readonly day?: BusinessDate | undefined;
  readonly isOverdue?: boolean | undefined;
  /** At least so many calendar days old. */
  readonly fromAgeDays?: number | undefined;
}

/** Exceptions that wait for somebody, what is due first at the top; the list of a moment ago (an index read). */
export async function listExceptions(
  filter: ExceptionFilter,
  { exceptions, clock }: Pick<ReconciliationNeeds, 'exceptions' | 'clock'>,
): Promise<readonly ExceptionLine[]> {
  return narrow(await exceptions.findOpen(), filter, clock);
}

/** Every exception of an account's day, those at an end too; read consistently. */
export async function listExceptionsOfDay(
  address: DayAddress,
  filter: ExceptionFilter,
  { book, clock }: Pick<ReconciliationNeeds, 'book' | 'clock'>,
): Promise<readonly ExceptionLine[]> {
  const { exceptions } = await book.readRecord(address);
  return narrow(exceptions, filter, clock).toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

/** Where an exception stands in the order of lists; no two have the same place. */
export const placeOf = ({ dueAt, exceptionId }: ExceptionLine): string => `${dueAt}#${exceptionId}`;

function narrow(
  exceptions: readonly Exception[],
  filter: ExceptionFilter,
  clock: ReconciliationNeeds['clock'],
): readonly ExceptionLine[] {
  const now = clock();
  return exceptions.map((exception) => showLine(exception, now)).filter((line) => isIn(line, filter));
}

function isIn(line: ExceptionLine, { fromAgeDays = 0, ...exact }: ExceptionFilter): boolean {
  const shown = new Map<string, unknown>(Object.entries(line));
  return (
    line.ageDays >= fromAgeDays &&
    Object.entries(exact).every(([name, wanted]) => wanted === undefined || shown.get(name) === wanted)
  );
}
