import * as z from 'zod/mini';
import { loadFees } from '#config/fees.ts';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import { correctionCommandSchema } from '#schemas/correction.ts';
import type { LookupCode } from '#schemas/ids.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeCorrectionLedger } from '#shared/adapters/correction-ledger.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import { faultsOfSchema } from '#shared/domain/schema-faults.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import { renderErrorNoticeXml } from '#shared/rendering/reports/error-notice-xml.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment, readEnvironment } from '#shared/runtime/env.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { type CorrectionResult, correctReceipt } from './correct-receipt.ts';

const environment = readEnvironment({
  ...commonEnvironment,
  RECEIPTS_BUCKET: z.string().check(z.minLength(3)),
  PUBLIC_BASE_URL: z.url(),
});
const { STAGE } = environment;
const table = { client: makeDocumentClient(), name: environment.TABLE_NAME };
const needs = {
  ledger: makeCorrectionLedger(table),
  seriesLedger: makeReceiptLedger(table),
  archive: makeReceiptArchive({
    bucket: makeBucket(environment.RECEIPTS_BUCKET),
    retention: retentions[STAGE],
    clock: systemClock,
  }),
  writeNotice: renderErrorNoticeXml,
  units: loadUnits(STAGE),
  fees: loadFees(STAGE),
  declaredSeries: loadSeries(STAGE),
  drawLookupCode,
  lookupUrlOf: (code: LookupCode) => new URL(`/r/${code}`, environment.PUBLIC_BASE_URL).href,
  rendererVersion: RENDERER_VERSION,
  clock: systemClock,
  pauseBeforeTry,
  logNews,
};

/** A command that cannot be read: every faulty field with its rule, never with its value. */
interface FaultyCommand {
  readonly kind: 'faulty';
  readonly faults: readonly { readonly field: string; readonly fault: string }[];
}

/** Corrections of receipts, invoked by the finance desk with a command of `schemas/correction.ts`. */
export async function handler(event: unknown): Promise<CorrectionResult | FaultyCommand> {
  const command = correctionCommandSchema.safeParse(event);
  if (command.success) return correctReceipt(command.data, needs);
  const faults = faultsOfSchema(command.error).map(({ path, message }) => ({
    field: path.join('.'),
    fault: message,
  }));
  return { kind: 'faulty', faults };
}
