import { businessDateOf } from '#shared/domain/calendar.ts';
import { ageingOf, daysNotClosed, daysToBeClosed, type ExceptionAgeing } from '#shared/domain/exception-ageing.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock } from '#shared/domain/ports.ts';
import type { DayBook, ExceptionLedger } from '#shared/domain/reconciliation-ports.ts';
import type { ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { dayAfter } from '#shared/domain/working-days.ts';

export interface AgeingNeeds {
  readonly exceptions: Pick<ExceptionLedger, 'findOpen'>;
  readonly book: Pick<DayBook, 'readDays'>;
  readonly settings: ReconciliationSettings;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

export interface AgeingReport extends ExceptionAgeing {
  /** Days of the last fortnight whose close is late. */
  readonly notClosed: readonly DayAddress[];
}

const calendarWarningDays = 30;

/**
 * What waits for people, for the figures of the desk: `open` as OpenExceptions and `overdue` as OverdueExceptions, by
 * class too, `oldestSeconds` as OldestExceptionAge, and `notClosed` as LateCloses.
 */
export async function reportAgeing(needs: AgeingNeeds): Promise<AgeingReport> {
  const { exceptions, book, settings, clock, logNews } = needs;
  const now = clock();
  const addresses = daysToBeClosed(settings, now);
  const [open, days] = await Promise.all([exceptions.findOpen(), book.readDays(addresses)]);
  if (dayAfter(businessDateOf(now), calendarWarningDays) > settings.calendarUntil) {
    logNews('CALENDAR_ENDING', { until: settings.calendarUntil });
  }
  return { ...ageingOf(open, now), notClosed: daysNotClosed(addresses, days) };
}
