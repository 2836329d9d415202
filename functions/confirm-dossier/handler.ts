import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { consumeStream } from '#shared/runtime/stream-batch.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { confirmationSendingEnvironment, wireConfirmationSending } from '#shared/wiring/confirmation-sending.ts';
import { concernsDossier } from './concerns-dossier.ts';

const environment = readEnvironment(confirmationSendingEnvironment);
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };

/** Confirmations of payments and receipts to the dossier system, from the ledger's stream. */
export const handler = consumeStream({
  concerns: concernsDossier,
  process: wireConfirmationSending(environment, table),
  logNews,
});
