import type { ExceptionClass } from '#schemas/exception.ts';
import type { Instant } from '#schemas/ids.ts';
import { businessDateOf } from './calendar.ts';
import type { Exception } from './exception.ts';
import { accountsOn, type ReconciliationSettings } from './reconciliation-settings.ts';
import type { DayAddress, StatementDay } from './statement-day.ts';
import { closeDueAt, dayAfter, daysBetween } from './working-days.ts';

/** How old what waits for people is. */
export interface ExceptionAgeing {
  readonly open: number;
  readonly overdue: number;
  /** Nobody has taken them on. */
  readonly unassigned: number;
  readonly oldestSeconds: number;
  readonly byClass: Partial<Readonly<Record<ExceptionClass, { readonly open: number; readonly overdue: number }>>>;
}

export function ageingOf(exceptions: readonly Exception[], now: Instant): ExceptionAgeing {
  const isOverdue = ({ dueAt }: Exception) => dueAt < now;
  const counts = (some: readonly Exception[]) => ({ open: some.length, overdue: some.filter(isOverdue).length });
  const oldest = exceptions.map(({ foundAt }) => foundAt).toSorted()[0];
  return {
    ...counts(exceptions),
    unassigned: exceptions.filter(({ assignee }) => assignee === undefined).length,
    oldestSeconds: oldest === undefined ? 0 : Math.round((Date.parse(now) - Date.parse(oldest)) / 1_000),
    byClass: Object.fromEntries(
      [...Map.groupBy(exceptions, (one) => one.class)].map(([name, some]) => [name, counts(some)]),
    ),
  };
}

/** So far back somebody is told of a close that is late; what is older the lists of the desk still show. */
const daysLookedAt = 14;

/** The days whose close is late unless they are closed. */
export function daysToBeClosed(settings: ReconciliationSettings, now: Instant): readonly DayAddress[] {
  const today = businessDateOf(now);
  return daysBetween(dayAfter(today, -daysLookedAt), dayAfter(today, -1))
    .filter((day) => now >= closeDueAt(settings, day))
    .flatMap((day) => accountsOn(settings, day).map(({ gateway, merchant }) => ({ gateway, merchant, day })));
}

export function daysNotClosed(addresses: readonly DayAddress[], days: readonly StatementDay[]): readonly DayAddress[] {
  const closed = new Set(days.filter(({ closing }) => closing === 'closed').map(nameOf));
  return addresses.filter((address) => !closed.has(nameOf(address)));
}

const nameOf = ({ gateway, merchant, day }: DayAddress): string => `${gateway}/${merchant}/${day}`;
