import * as z from 'zod/mini';
import { makeConfirmationLedger } from '#shared/adapters/confirmation-ledger.ts';
import { makeConfirmationQueue } from '#shared/adapters/confirmation-queue.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeQueueClient } from '#shared/adapters/sqs.ts';
import type { ConfirmationSending } from '#shared/domain/ports.ts';
import { sendConfirmations } from '#shared/processes/send-confirmations.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment } from '#shared/runtime/env.ts';
import { logNews } from '#shared/runtime/telemetry.ts';

/** What a function that sends confirmations must be told. */
export const confirmationSendingEnvironment = { ...commonEnvironment, DOSSIER_QUEUE_URL: z.url() };

/** Wires the process of sending confirmations with the engines, for each function that runs it. */
export function wireConfirmationSending(
  environment: z.infer<z.ZodMiniObject<typeof confirmationSendingEnvironment>>,
  table: Table,
): ConfirmationSending {
  const needs = {
    ledger: makeConfirmationLedger(table),
    queue: makeConfirmationQueue(makeQueueClient(), environment.DOSSIER_QUEUE_URL),
    clock: systemClock,
    logNews,
  };
  return (paymentIds) => sendConfirmations(paymentIds, needs);
}
