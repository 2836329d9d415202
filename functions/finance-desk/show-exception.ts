import type { ExceptionLine, ExceptionView } from '#schemas/exception.ts';
import type { Instant } from '#schemas/ids.ts';
import type { Exception } from '#shared/domain/exception.ts';
import { differenceOf } from '#shared/domain/found-exceptions.ts';
import { calendarDaysBetween } from '#shared/domain/open-money.ts';

/** An exception as lists show it. */
export function showLine(exception: Exception, now: Instant): ExceptionLine {
  const { place: _place, closedAt: _closedAt, trail: _trail, desk, assignee, ...shown } = exception;
  return {
    ...shown,
    differenceVnd: differenceOf(exception),
    owner: assignee ?? desk,
    isAssigned: assignee !== undefined,
    isOverdue: exception.state !== 'closed' && exception.dueAt < now,
    ageDays: calendarDaysBetween(exception.foundAt, now),
  };
}

/** An exception with everything that was ever done about it. */
export function showException(exception: Exception, now: Instant): ExceptionView {
  const { place, closedAt, trail } = exception;
  return { ...showLine(exception, now), place, trail, ...(closedAt === undefined ? {} : { closedAt }) };
}
