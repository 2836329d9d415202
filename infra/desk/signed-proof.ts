import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadReconciliation } from '#config/reconciliation.ts';
import type { Stage } from '#config/stage.ts';
import { type PrintedProof, printProof } from '#functions/finance-desk/print-proof.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { makeDayBook } from '#shared/adapters/day-book.ts';
import { makeExceptionLedger } from '#shared/adapters/exception-ledger.ts';
import { makeReceiptArchive, retentions } from '#shared/adapters/receipt-archive.ts';
import type { DayAddress } from '#shared/domain/statement-day.ts';
import { systemClock } from '#shared/runtime/clock.ts';
import { logNews } from '#shared/runtime/telemetry.ts';
import { wirePageSigning } from '#shared/wiring/page-signing.ts';
import { wireProofDrawing } from '#shared/wiring/proof-printing.ts';
import { wireReceiptSigning } from '#shared/wiring/receipt-signing.ts';
import { openReceiptsBucket } from './desk-bucket.ts';
import { openDeskTable } from './desk-table.ts';

/** What `npm start` signs with on this machine. */
const localFile = (name: string) =>
  join(process.env['STATE_DIR'] ?? fileURLToPath(new URL('../../.local', import.meta.url)), 'signing', name);

/**
 * The page of a day as the desk serves it. What a closed day still owes is signed and archived first, as the sweep does it:
 * for operators who do not want to wait for the sweep, or whose day was closed before its account had a unit that signs.
 * @throws Error in a sentence when a unit should have signed and could not
 */
export async function printSignedProof(address: DayAddress, madeBy: StaffCode, stage: Stage): Promise<PrintedProof> {
  const table = await openDeskTable();
  const bucket = await openReceiptsBucket();
  const signing = wireReceiptSigning({ STAGE: stage, TABLE_NAME: table.name, ...signingFiles(stage) });
  const answer = await wirePageSigning(stage, { table, bucket }, signing)(address);
  if (answer.kind !== 'done') throw new Error(`${unsigned[answer.kind]} (${answer.why})`);
  return printProof(address, madeBy, {
    exceptions: makeExceptionLedger(table),
    book: makeDayBook(table),
    settings: loadReconciliation(stage),
    clock: systemClock,
    logNews,
    archive: makeReceiptArchive({ bucket, retention: retentions[stage], clock: systemClock }),
    drawProofPage: wireProofDrawing(undefined),
  });
}

const unsigned = {
  later: 'Chưa ký được lúc này; số liệu đã khóa không thay đổi, hãy thử lại sau ít phút.',
  fault: 'Chứng thư số của đơn vị không dùng được, hoặc kho đang giữ một trang khác. Hãy báo quản trị hệ thống.',
} as const;

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
