import * as z from 'zod/mini';
import { loadFees } from '#config/fees.ts';
import { loadSeries } from '#config/series.ts';
import { loadUnits } from '#config/units.ts';
import type { LookupCode } from '#schemas/ids.ts';
import { makeBucket } from '#shared/adapters/bucket.ts';
import { makeCorrectionLedger } from '#shared/adapters/correction-ledger.ts';
import { makeDocumentClient } from '#shared/adapters/dynamo.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import { renderErrorNoticeXml } from '#shared/rendering/reports/error-notice-xml.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { commonEnvironment, readEnvironment } from '#shared/runtime/env.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { serveStaff, staffEnvironment } from '#shared/wiring/staff-serving.ts';
import { correctionRoutes } from './correction-routes.ts';

const environment = readEnvironment({
  ...commonEnvironment,
  ...staffEnvironment,
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

/** Wrong receipts: `/v1/finance/corrections` and what lies under it. */
export const handler = serveStaff(environment, correctionRoutes(needs));
