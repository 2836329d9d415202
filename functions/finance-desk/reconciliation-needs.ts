import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock } from '#shared/domain/ports.ts';
import type { DayBook, ExceptionLedger } from '#shared/domain/reconciliation-ports.ts';
import type { ReconciliationSettings } from '#shared/domain/reconciliation-settings.ts';

/** What the desk is given to work on exceptions, days and months. */
export interface ReconciliationNeeds {
  readonly exceptions: ExceptionLedger;
  readonly book: DayBook;
  readonly settings: ReconciliationSettings;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** What the business refuses, for the person who asked. */
export interface Refused<Code extends string> {
  readonly kind: 'refused';
  readonly code: Code;
  readonly explanation: string;
}

/** Others may take a step between reading and writing; so many times in a row they do not. */
export const mostRounds = 5;
