import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadReconciliation } from '#config/reconciliation.ts';
import type { Stage } from '#config/stage.ts';
import { loadUnits } from '#config/units.ts';
import { type PrintedProof, printProof } from '#functions/finance-desk/print-proof.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { makeDayBook } from '#shared/adapters/day-book.ts';
import { makeExceptionLedger } from '#shared/adapters/exception-ledger.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { makeProofPrinter } from '#shared/signing/proof-document.ts';
import { wireReceiptSigning } from '#shared/wiring/receipt-signing.ts';
import { openDeskTable } from './desk-table.ts';

/** What `npm start` signs with on this machine. */
const localFile = (name: string) => fileURLToPath(new URL(`../../.local/signing/${name}`, import.meta.url));

/**
 * Prints the page of a closed day with the signature of its unit. Here and not at the HTTP desk: what answers the
 * internet must not hold what signs receipts.
 */
export async function printSignedProof(address: DayAddress, madeBy: StaffCode, stage: Stage): Promise<PrintedProof> {
  const table = await openDeskTable();
  const { keys } = wireReceiptSigning({ STAGE: stage, TABLE_NAME: table.name, ...signingFiles(stage) });
  return printProof(address, madeBy, {
    exceptions: makeExceptionLedger(table),
    book: makeDayBook(table),
    settings: loadReconciliation(stage),
    units: loadUnits(stage),
    clock: systemClock,
    logNews,
    printProofPage: makeProofPrinter(loadReceiptFonts(), keys),
  });
}

/** Where the keys lie: as a function is told, else those of the local stack. */
function signingFiles(stage: Stage) {
  const { SIGNING_SECRETS_PREFIX, SIGNING_SECRETS_FILE, SIGNING_TRUST_ANCHORS_FILE } = process.env;
  const told = { SIGNING_SECRETS_PREFIX, SIGNING_SECRETS_FILE, SIGNING_TRUST_ANCHORS_FILE };
  const isLocal = stage === 'dev' && Object.values(told).every((value) => value === undefined);
  if (!isLocal || !existsSync(localFile('secrets.json'))) return told;
  return {
    SIGNING_SECRETS_FILE: localFile('secrets.json'),
    SIGNING_TRUST_ANCHORS_FILE: localFile('trust-anchors.pem'),
  };
}
