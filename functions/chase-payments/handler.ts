import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeConfirmationLedger } from '#shared/adapters/confirmation-ledger.ts';
import { makeConfirmationQueue } from '#shared/adapters/confirmation-queue.ts';
import { makeDueLedger } from '#shared/adapters/due-ledger.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import { makeQueueClient } from '#shared/adapters/sqs.ts';
import type { PaymentProcess } from '#shared/domain/ports.ts';
import { issueReceipts } from '#shared/processes/issue-receipts.ts';
import { sendConfirmations } from '#shared/processes/send-confirmations.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { RENDERER_VERSION, renderReceipt } from '#shared/rendering/render-receipt.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment, readEnvironment } from '#shared/runtime/env.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { chasePayments } from './chase-payments.ts';

const environment = readEnvironment({
  ...commonEnvironment,
  RECEIPTS_BUCKET: z.string().min(3),
  DOSSIER_QUEUE_URL: z.url(),
  PUBLIC_BASE_URL: z.url(),
  FONTS_DIR: z.string().min(1).optional(),
});

const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };
const fonts = loadReceiptFonts(environment.FONTS_DIR);
const metrics = new Metrics();

const issuing = {
  ledger: makeReceiptLedger(table),
  archive: makeReceiptArchive({
    bucket: makeBucket(environment.RECEIPTS_BUCKET),
    retention: retentions[environment.STAGE],
    clock: systemClock,
  }),
  render: (content: Parameters<typeof renderReceipt>[0]) => renderReceipt(content, fonts),
  rendererVersion: RENDERER_VERSION,
  units: loadUnits(environment.STAGE),
  declaredSeries: loadSeries(environment.STAGE),
  drawLookupCode,
  lookupUrlOf: (code: string) => new URL(`/r/${code}`, environment.PUBLIC_BASE_URL).href,
  clock: systemClock,
  pauseBeforeTry,
  logNews,
};
const sending = {
  ledger: makeConfirmationLedger(table),
  queue: makeConfirmationQueue(makeQueueClient(), environment.DOSSIER_QUEUE_URL),
  clock: systemClock,
  logNews,
};
const processes = {
  issueReceipts: (paymentIds) => issueReceipts(paymentIds, issuing),
  sendConfirmations: (paymentIds) => sendConfirmations(paymentIds, sending),
} satisfies Record<string, PaymentProcess>;

/** The sweep over payments that are due, by schedule. Its figures show whether the stream is keeping up. */
export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  const sweep = await chasePayments({
    ...processes,
    ledger: makeDueLedger(table),
    clock: systemClock,
    remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    logNews,
  });
  metrics.addMetric('PaymentsDue', MetricUnit.Count, sweep.due);
  metrics.addMetric('OldestDueAge', MetricUnit.Seconds, sweep.oldestSeconds);
  metrics.addMetric('PaymentExceptions', MetricUnit.Count, sweep.exceptions);
  metrics.publishStoredMetrics();
}
