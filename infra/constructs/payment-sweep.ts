import { Duration } from 'aws-cdk-lib';
import type { LedgerTable } from './ledger-table.ts';
import { startRegularly } from './regular-start.ts';
import type { WatchedFunction } from './watched-function.ts';

/** The guarantee behind the stream: what a payment or a closed day still owes is found and done here, whatever failed before. */
export const paymentSweep = {
  failureMeans:
    'What was left undone stays undone: receipts, confirmations, expiries and signed balances that failed once.',
  memorySize: 1769,
  // Shorter than the shortest interval, so that two sweeps do not run into each other.
  timeout: Duration.seconds(55),
  prints: true,
} as const;

/** Lets it find what is due, put it off and let payments expire; starts it again and again, and watches how it keeps up. */
export function sweepRegularly(
  target: WatchedFunction,
  { ledger, every }: { readonly ledger: LedgerTable; readonly every: Duration },
): void {
  ledger.grant(target, ['GetItem', 'UpdateItem'], ['payments-due']);
  ledger.grantReleaseOfClaims(target);
  startRegularly(target, {
    every,
    failureMeans: 'The sweep over unfinished payments stands still: what failed once stays undone.',
  });
  target.alarms.watch(target, {
    name: `${target.name}-behind`,
    means: 'Payments wait longer than half an hour for what they still lack: a receipt, a confirmation, an expiry.',
    metric: target.ownMetric('OldestDueAge', { period: Duration.minutes(5), statistic: 'max' }),
    threshold: Duration.minutes(30).toSeconds(),
    periods: 2,
  });
  target.alarms.watch(target, {
    name: `${target.name}-balance-pages-unsigned`,
    means:
      'The balance of a day that two persons closed has no signed page an hour later: nothing signed can be filed.',
    metric: target.ownMetric('BalancePagesOverdue', { period: Duration.minutes(15), statistic: 'max' }),
    threshold: 1,
  });
}
