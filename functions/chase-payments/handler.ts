import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { makeBalancePageLedger } from '#shared/adapters/balance-page-ledger.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { askingGatewaysEnvironment, wireAskingGateways } from '#shared/wiring/asking-gateways.ts';
import { confirmationSendingEnvironment, wireConfirmationSending } from '#shared/wiring/confirmation-sending.ts';
import { receiptIssuingEnvironment, wireReceiptIssuing } from '#shared/wiring/receipt-issuing.ts';
import { wireReceiptSigning } from '#shared/wiring/receipt-signing.ts';
import { wireRefundFollowing } from '#shared/wiring/refund-following.ts';
import { chasePages } from './chase-pages.ts';
import { chasePayments } from './chase-payments.ts';

const environment = readEnvironment({
  ...askingGatewaysEnvironment,
  ...receiptIssuingEnvironment,
  ...confirmationSendingEnvironment,
});
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };
const metrics = new Metrics();
const signing = wireReceiptSigning(environment);
const needs = {
  askGateways: wireAskingGateways(environment, table),
  // Well inside the reserve of a part: payments behind a slow gateway must not wait for the next sweep.
  followRefunds: wireRefundFollowing(environment, table, { orderMilliseconds: 8_000 }),
  issueReceipts: wireReceiptIssuing(environment, table, signing),
  sendConfirmations: wireConfirmationSending(environment, table),
  ledger: makeDueLedger(table),
  clock: systemClock,
  logNews,
};
const pageNeeds = {
  ledger: makeBalancePageLedger(table),
  // Days are closed once each: nearly every sweep has no page to sign, and loads nothing for it.
  openSigning: async () => {
    const { wirePageSigning } = await import('#shared/wiring/page-signing.ts');
    return wirePageSigning(environment.STAGE, { table, bucket: makeBucket(environment.RECEIPTS_BUCKET) }, signing);
  },
  clock: systemClock,
  logNews,
};

/**
 * The sweep over payments that are due, by schedule, and then over closed days whose page is to be signed: citizens wait
 * for the former. Its figures show whether the stream and the signers are keeping up.
 */
export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const remainingMilliseconds = () => context.getRemainingTimeInMillis();
  const sweep = await chasePayments({ ...needs, remainingMilliseconds });
  metrics.addMetric('PaymentsDue', MetricUnit.Count, sweep.due);
  metrics.addMetric('OldestDueAge', MetricUnit.Seconds, sweep.oldestSeconds);
  metrics.addMetric('PaymentExceptions', MetricUnit.Count, sweep.exceptions);
  metrics.publishStoredMetrics();
  const pages = await chasePages({ ...pageNeeds, remainingMilliseconds });
  metrics.addMetric('BalancePagesOverdue', MetricUnit.Count, pages.overdue);
  metrics.publishStoredMetrics();
}
