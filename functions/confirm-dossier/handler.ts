import * as z from 'zod';
import { makeConfirmationLedger } from '#shared/adapters/confirmation-ledger.ts';
import { makeConfirmationQueue } from '#shared/adapters/confirmation-queue.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeQueueClient } from '#shared/adapters/sqs.ts';
import { sendConfirmations } from '#shared/processes/send-confirmations.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment, readEnvironment } from '#shared/runtime/env.ts';
import { consumeStream } from '#shared/runtime/stream-batch.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { concernsDossier } from './concerns-dossier.ts';

const environment = readEnvironment({ ...commonEnvironment, DOSSIER_QUEUE_URL: z.url() });

const needs = {
  ledger: makeConfirmationLedger({ client: makeDocumentClient(), name: environment.TABLE_NAME }),
  queue: makeConfirmationQueue(makeQueueClient(), environment.DOSSIER_QUEUE_URL),
  clock: systemClock,
  logNews,
};

/** Confirmations of payments and receipts to the dossier system, from the ledger's stream. */
export const handler = consumeStream({
  concerns: concernsDossier,
  process: (paymentIds) => sendConfirmations(paymentIds, needs),
  logNews,
});
