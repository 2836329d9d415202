import { Duration } from 'aws-cdk-lib';
import type { WatchedFunction } from './watched-function.ts';

/** A code of the log catalogue. */
const nearlyUsed = 'SERIES_NEARLY_USED';

/** Counts what a function that takes numbers says of a series near its end; all that take them count together. */
export function countSeriesWarnings(target: WatchedFunction): void {
  target.countLogged(nearlyUsed);
}

/**
 * Rings while numbers are taken from a series that is used to nine tenths. Nothing has failed, so the line in the log is
 * no error; but to register the next series takes days, and without one receipts stop.
 */
export function watchSeries(target: WatchedFunction): void {
  target.alarms.watch(target, {
    name: 'series-nearly-used',
    means: 'A series of receipts is used to nine tenths. At its end citizens who have paid get no receipt.',
    // As long as a metric's period can be: one message a day, and not one for each batch.
    metric: target.loggedMetric(nearlyUsed, { period: Duration.days(1), statistic: 'sum' }),
    threshold: 1,
  });
}
