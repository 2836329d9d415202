import type { Month } from '#schemas/day-close.ts';
import type { ExceptionClass } from '#schemas/exception.ts';
import { type BusinessDate, businessDateSchema, type Instant } from '#schemas/ids.ts';
import { businessDateOf, instantOfVietnamTime } from './calendar.ts';
import { BrokenInvariant } from './failures.ts';
import { daysAllowedFor, type ReconciliationSettings } from './reconciliation-settings.ts';

/** The calendar day so many days later, or earlier when negative. */
export function dayAfter(day: BusinessDate, days = 1): BusinessDate {
  const date = new Date(`${day}T00:00:00.000Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return businessDateSchema.parse(date.toISOString().slice(0, 10));
}

/** Every day between two, both included. */
export function daysBetween(from: BusinessDate, to: BusinessDate): readonly BusinessDate[] {
  const days: BusinessDate[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day);
  return days;
}

export function daysOfMonth(month: Month): readonly BusinessDate[] {
  const first = businessDateSchema.parse(`${month}-01`);
  return daysBetween(first, dayAfter(first, 30)).filter((day) => day.startsWith(month));
}

export function isWorkingDay({ daysOff, workedDays }: ReconciliationSettings, day: BusinessDate): boolean {
  if (workedDays.some((one) => one.day === day)) return true;
  if (daysOff.some((one) => one.day === day)) return false;
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The so-manieth working day after a day; with 0 the day itself, or the first working day after it. */
export function workingDayAfter(settings: ReconciliationSettings, day: BusinessDate, count: number): BusinessDate {
  let left = count;
  let at = day;
  while (left > 0 || !isWorkingDay(settings, at)) {
    at = dayAfter(at);
    if (left > 0 && isWorkingDay(settings, at)) left -= 1;
  }
  return at;
}

/** By when the day must be closed: the closing hour of the next working day (receipt rules §10.2). */
export function closeDueAt(settings: ReconciliationSettings, day: BusinessDate): Instant {
  return instantAt(workingDayAfter(settings, day, 1), settings.closingHour);
}

/** When somebody is reminded of the day's file: files come on weekends and holidays too. */
export function fileDueAt(settings: ReconciliationSettings, day: BusinessDate): Instant {
  return instantAt(dayAfter(day), settings.reminderHour);
}

/** Until when an exception may stay that is found now. What is found after the closing hour has the next day for it. */
export function exceptionDueAt(settings: ReconciliationSettings, name: ExceptionClass, foundAt: Instant): Instant {
  return dueWithin(settings, daysAllowedFor(settings, name), foundAt);
}

/** Until when something may stay that needs a person at once. */
export function urgentDueAt(settings: ReconciliationSettings, foundAt: Instant): Instant {
  return dueWithin(settings, 0, foundAt);
}

function dueWithin(settings: ReconciliationSettings, days: number, foundAt: Instant): Instant {
  const today = businessDateOf(foundAt);
  const isLate = foundAt >= instantAt(today, settings.closingHour);
  return instantAt(workingDayAfter(settings, isLate ? dayAfter(today) : today, days), settings.closingHour);
}

function instantAt(day: BusinessDate, hour: string): Instant {
  const instant = instantOfVietnamTime(`${day}${hour}00`.replaceAll(/\D/g, ''));
  if (instant === undefined) throw new BrokenInvariant(`${day} ${hour} is no time of any day`);
  return instant;
}
