import { tmpdir } from 'node:os';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { loadMerchants } from '#config/merchants.ts';
import { loadReconciliation } from '#config/reconciliation.ts';
import { loadSeries } from '#config/series.ts';
import { loadStatementLayouts } from '#config/statement-layouts.ts';
import type { PaymentId } from '#schemas/ids.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeExceptionLedger } from '#shared/adapters/exception-ledger.ts';
import { makeLedgerDays } from '#shared/adapters/ledger-day-reader.ts';
import { makeLedgerExports } from '#shared/adapters/ledger-exports.ts';
import { makeReconciliationLedger } from '#shared/adapters/reconciliation-ledger.ts';
import { makeRegisterReader } from '#shared/adapters/register-reader.ts';
import { makeStatementStore } from '#shared/adapters/statement-bucket.ts';
import { isCollectingAccount } from '#shared/domain/bank-days.ts';
import { seriesServedBy } from '#shared/domain/declared-series.ts';
import { collectingAccountsOf, isSameAccount } from '#shared/domain/reconciliation-settings.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { readStatementKey } from '#shared/domain/statement-key.ts';
import { findReceipted } from '#shared/processes/find-receipted.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { askingGatewaysEnvironment, wireHearingAttempt } from '#shared/wiring/asking-gateways.ts';
import { receiptIssuingEnvironment, wireReceiptIssuing } from '#shared/wiring/receipt-issuing.ts';
import { compareAgain } from './compare-again.ts';
import { lookForMissing } from './look-for-missing.ts';
import { lookForOverdue, type Overdue } from './look-for-overdue.ts';
import { reconcileArrival } from './reconcile-day.ts';

const environment = readEnvironment({
  ...askingGatewaysEnvironment,
  ...receiptIssuingEnvironment,
  STATEMENTS_BUCKET: z.string().check(z.minLength(3)),
});
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };
const settings = loadReconciliation(environment.STAGE);
const comparison = {
  temporaryFolder: tmpdir(),
  // Half of the function's memory: Node holds the ledger's rows, and a workbook while it is read.
  memoryLimit: '1500MB',
  statements: loadStatementLayouts(environment.STAGE),
};
const ledgerDays = makeLedgerDays(table);
const register = makeRegisterReader(table);
const [declaredSeries, merchants] = [loadSeries(environment.STAGE), loadMerchants(environment.STAGE)];
const ledger = makeReconciliationLedger(table);
const exceptions = makeExceptionLedger(table);
const needs = {
  isOurs: (account: Parameters<typeof isSameAccount>[0]) =>
    settings.accounts.some((one) => isSameAccount(one, account)) || isCollectingAccount(settings, account),
  store: makeStatementStore(makeBucket(environment.STATEMENTS_BUCKET)),
  // With the first statement: the database is 60 MB of machine code, and the morning's look does without.
  openComparison: async (address: DayAddress) => {
    const { openDayComparison } = await import('#shared/reconciling/day-comparison.ts');
    return openDayComparison({ ...comparison, collectingAccounts: collectingAccountsOf(settings, address) });
  },
  recording: { ledger, settings, clock: systemClock, pauseBeforeTry, logNews },
  exceptions,
  ledgerDays,
  exports: makeLedgerExports(makeBucket(environment.EVIDENCE_BUCKET)),
  findReceipted: (address: DayAddress) =>
    findReceipted(address, seriesServedBy(address, declaredSeries, merchants), register),
  readRecord: (paymentId: PaymentId) => ledgerDays.readRecord(paymentId),
  askAttempt: wireHearingAttempt(environment, table),
  issueReceipts: wireReceiptIssuing(environment, table),
  logNews,
};
const metrics = new Metrics();

const objectCreatedSchema = z.object({
  detail: z.object({ object: z.object({ key: z.string(), 'version-id': z.optional(z.string()) }) }),
});
/** What EventBridge and the schedule send; nobody else may. */
const eventSchema = z.union([objectCreatedSchema, z.object({ look: z.literal('missing-statements') })]);

/**
 * Reconciles the day of a statement that has arrived. In the morning it looks which have not, compares the last days with
 * the ledger of now, and looks what has waited too long.
 */
export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const told = eventSchema.parse(event);
  const remainingMilliseconds = () => context.getRemainingTimeInMillis();
  if ('look' in told) return look(remainingMilliseconds);
  const { key, 'version-id': version } = told.detail.object;
  const statement = readStatementKey(key);
  if (statement === undefined) {
    logNews('STATEMENT_MISPLACED', {
      key,
      why: 'expected <gateway>/<merchant>/<yyyy-mm-dd>/<file> or bank/<account>/<yyyy-mm-dd>/<file>',
    });
    return;
  }
  await reconcileArrival({ ...statement, version }, { ...needs, remainingMilliseconds });
}

async function look(remainingMilliseconds: () => number): Promise<void> {
  const looking = { ledger, exceptions, settings, clock: systemClock, logNews };
  const missing = await lookForMissing(looking);
  try {
    await compareAgain({ ...needs, settings, remainingMilliseconds });
  } finally {
    tellFigures(missing.length, await lookForOverdue(looking));
  }
}

function tellFigures(missing: number, waiting: Overdue): void {
  metrics.addMetric('StatementsMissing', MetricUnit.Count, missing);
  metrics.addMetric('OpenExceptions', MetricUnit.Count, waiting.open);
  metrics.addMetric('OverdueExceptions', MetricUnit.Count, waiting.overdue);
  metrics.addMetric('OldestExceptionAge', MetricUnit.Seconds, waiting.oldestSeconds);
  metrics.addMetric('DaysNotClosed', MetricUnit.Count, waiting.daysNotClosed);
  metrics.publishStoredMetrics();
}
