import * as z from 'zod/mini';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import type { LookupCode } from '#schemas/ids.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import type { Table } from '#shared/adapters/dynamo.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import type { ReceiptIssuing } from '#shared/domain/ports.ts';
import { issueReceipts } from '#shared/processes/issue-receipts.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment } from '#shared/runtime/env.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { type ReceiptSigning, receiptSigningEnvironment, wireReceiptSigning } from './receipt-signing.ts';

/** What a function that issues receipts must be told. */
export const receiptIssuingEnvironment = {
  ...commonEnvironment,
  ...receiptSigningEnvironment,
  RECEIPTS_BUCKET: z.string().check(z.minLength(3)),
  PUBLIC_BASE_URL: z.url(),
};

/**
 * Wires the process of issuing receipts with the engines, for each function that runs it.
 * @param signing for whoever signs other pages with the same keys
 */
export function wireReceiptIssuing(
  environment: z.infer<z.ZodMiniObject<typeof receiptIssuingEnvironment>>,
  table: Table,
  { keys, documents }: Pick<ReceiptSigning, 'keys' | 'documents'> = wireReceiptSigning(environment),
): ReceiptIssuing {
  const needs = {
    ledger: makeReceiptLedger(table),
    archive: makeReceiptArchive({
      bucket: makeBucket(environment.RECEIPTS_BUCKET),
      retention: retentions[environment.STAGE],
      clock: systemClock,
    }),
    keys,
    documents,
    rendererVersion: RENDERER_VERSION,
    units: loadUnits(environment.STAGE),
    declaredSeries: loadSeries(environment.STAGE),
    drawLookupCode,
    lookupUrlOf: (code: LookupCode) => new URL(`/r/${code}`, environment.PUBLIC_BASE_URL).href,
    clock: systemClock,
    pauseBeforeTry,
    logNews,
  };
  return (paymentIds) => issueReceipts(paymentIds, needs);
}
