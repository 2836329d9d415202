import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { reached } from '#shared/domain/ledger-change.ts';
import { readEnvironment } from '#shared/runtime/env.ts';
import { consumeStream } from '#shared/runtime/stream-batch.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { receiptIssuingEnvironment, wireReceiptIssuing } from '#shared/wiring/receipt-issuing.ts';

const environment = readEnvironment(receiptIssuingEnvironment);
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };

/** Receipts for payments that were paid, from the ledger's stream. */
export const handler = consumeStream({
  concerns: (change) => reached(change, 'paid'),
  process: wireReceiptIssuing(environment, table),
  logNews,
});
