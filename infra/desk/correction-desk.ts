import { loadFees } from '#config/fees.ts';
import { loadSeries } from '#config/series.ts';
import { stageSchema } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import type { CorrectionNeeds } from '#functions/correct-receipt/correction-needs.ts';
import { portsFrom, readPortBase } from '#infra/local/ports.ts';
import { makeCorrectionLedger } from '#shared/adapters/correction-ledger.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import { makeReceiptLedger } from '#shared/adapters/receipt-ledger.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import { renderErrorNoticeXml } from '#shared/rendering/reports/error-notice-xml.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { drawLookupCode } from '#shared/runtime/lookup-code.ts';
import { pauseBeforeTry } from '#shared/runtime/pause.ts';
import { openReceiptsBucket } from './desk-bucket.ts';
import { openDeskTable } from './desk-table.ts';

/** Everything that correct-receipt is given, on the ledger and archive of the environment, else on those of `npm start`. */
export async function openCorrectionDesk(environment: NodeJS.ProcessEnv = process.env): Promise<CorrectionNeeds> {
  const stage = stageSchema.parse(environment['STAGE'] ?? 'dev');
  const publicBaseUrl = publicBaseUrlOf(environment);
  const table = await openDeskTable(environment);
  return {
    ledger: makeCorrectionLedger(table),
    seriesLedger: makeReceiptLedger(table),
    archive: makeReceiptArchive({
      bucket: await openReceiptsBucket(environment),
      retention: retentions[stage],
      clock: systemClock,
    }),
    writeNotice: renderErrorNoticeXml,
    units: loadUnits(stage),
    fees: loadFees(stage),
    declaredSeries: loadSeries(stage),
    drawLookupCode,
    lookupUrlOf: (code) => new URL(`/r/${code}`, publicBaseUrl).href,
    rendererVersion: RENDERER_VERSION,
    clock: systemClock,
    pauseBeforeTry,
    // What the functions write into their log goes where it does not mix with the answer.
    logNews: (code, facts = {}) => void process.stderr.write(`${JSON.stringify({ code, ...facts })}\n`),
  };
}

/** The look-up address is printed on the receipt for ever: in AWS it is never guessed. */
function publicBaseUrlOf({ TABLE_NAME, PUBLIC_BASE_URL, PORT }: NodeJS.ProcessEnv): string {
  if (PUBLIC_BASE_URL !== undefined) return PUBLIC_BASE_URL;
  if (TABLE_NAME === undefined) return `http://localhost:${portsFrom(readPortBase(PORT)).http}`;
  throw new Error(
    'Đặt PUBLIC_BASE_URL: địa chỉ tra cứu được in trên biên lai (set PUBLIC_BASE_URL: the look-up address is printed).',
  );
}
