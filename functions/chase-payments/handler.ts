import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { askingGatewaysEnvironment, wireAskingGateways } from '#shared/wiring/asking-gateways.ts';
import { confirmationSendingEnvironment, wireConfirmationSending } from '#shared/wiring/confirmation-sending.ts';
import { receiptIssuingEnvironment, wireReceiptIssuing } from '#shared/wiring/receipt-issuing.ts';
import { wireRefundFollowing } from '#shared/wiring/refund-following.ts';
import { chasePayments } from './chase-payments.ts';

const environment = readEnvironment({
  ...askingGatewaysEnvironment,
  ...receiptIssuingEnvironment,
  ...confirmationSendingEnvironment,
});
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };
const metrics = new Metrics();
const needs = {
  askGateways: wireAskingGateways(environment, table),
  // Well inside the reserve of a part: payments behind a slow gateway must not wait for the next sweep.
  followRefunds: wireRefundFollowing(environment, table, { orderMilliseconds: 8_000 }),
  issueReceipts: wireReceiptIssuing(environment, table),
  sendConfirmations: wireConfirmationSending(environment, table),
  ledger: makeDueLedger(table),
  clock: systemClock,
  logNews,
};

/** The sweep over payments that are due, by schedule. Its figures show whether the stream is keeping up. */
export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const sweep = await chasePayments({ ...needs, remainingMilliseconds: () => context.getRemainingTimeInMillis() });
  metrics.addMetric('PaymentsDue', MetricUnit.Count, sweep.due);
  metrics.addMetric('OldestDueAge', MetricUnit.Seconds, sweep.oldestSeconds);
  metrics.addMetric('PaymentExceptions', MetricUnit.Count, sweep.exceptions);
  metrics.publishStoredMetrics();
}
