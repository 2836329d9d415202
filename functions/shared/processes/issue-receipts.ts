import type { PaymentId } from '#schemas/ids.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { ProcessAnswer, ReceiptLedger } from '#shared/domain/ports.ts';
import { archiveKeyOf, type Receipt } from '#shared/domain/receipt.ts';
import { planReceipts } from '#shared/domain/receipt-plan.ts';
import { AnswerSheet } from './answer-sheet.ts';
import { answerToError } from './answer-to-error.ts';
import { type FinishingNeeds, finishReceipt } from './finish-receipt.ts';
import { inParallel } from './in-parallel.ts';
import { type NumberingNeeds, numberReceipts } from './number-receipts.ts';
import { readRecords } from './read-records.ts';
import { spareSilentSigners } from './spare-silent-signers.ts';

export interface IssuingNeeds extends NumberingNeeds, FinishingNeeds {
  readonly ledger: ReceiptLedger;
}

/** Drawing is work for the processor; more at once would only hold more documents in memory. */
const documentsAtOnce = 4;

/**
 * Issues what receipts the payments still lack: number, sign, archive, record (DESIGN §3). It acts on what it reads
 * itself, consistently, never on what the caller heard, so it may be called for any payment at any time, repeatedly
 * and by several at once.
 * @returns an answer for each payment; one that fails holds up no other
 */
export async function issueReceipts(
  paymentIds: readonly PaymentId[],
  needs: IssuingNeeds,
): Promise<ReadonlyMap<PaymentId, ProcessAnswer>> {
  const sheet = new AnswerSheet(paymentIds);
  const records = await readRecords(paymentIds, sheet, needs.ledger);
  const { numbered, numberedByOthers } = await numberWhatLacks(records, sheet, needs);
  const known = [...records.flatMap(({ receipts }) => receipts), ...numberedByOthers];
  const finishing = { ...needs, keys: spareSilentSigners(needs.keys) };
  await inParallel(unsigned([...known, ...numbered]), documentsAtOnce, async (receipt) =>
    sheet.put(receipt.paymentId, await finishReceipt(receipt, !numbered.includes(receipt), finishing)),
  );
  for (const [paymentId, answer] of sheet.answers()) {
    if (answer.kind === 'later') needs.logNews('RECEIPT_DELAYED', { paymentId, why: answer.why });
    if (answer.kind === 'fault') needs.logNews('RECEIPT_FAULT', { paymentId, why: answer.why });
  }
  return sheet.answers();
}

/** Numbers the receipts that are lacking, and reads those that somebody else numbered meanwhile. */
async function numberWhatLacks(
  records: readonly PaymentRecord[],
  sheet: AnswerSheet,
  needs: IssuingNeeds,
): Promise<{ readonly numbered: readonly Receipt[]; readonly numberedByOthers: readonly Receipt[] }> {
  const byUnit = Map.groupBy(
    records.flatMap((record) => plansOf(record, sheet)),
    ({ unitCode }) => unitCode,
  );
  const numberings = await Promise.all([...byUnit].map(([unitCode, plans]) => numberReceipts(unitCode, plans, needs)));
  for (const { plan, answer } of numberings.flatMap(({ held }) => held)) sheet.put(plan.paymentId, answer);
  const raced = numberings.flatMap(({ existing }) => existing.map(({ paymentId }) => paymentId));
  const reread = await readRecords(raced, sheet, needs.ledger);
  for (const record of reread) {
    if (plansOf(record, sheet).length > 0) sheet.put(record.payment.paymentId, changedMeanwhile);
  }
  return {
    numbered: numberings.flatMap(({ numbered }) => numbered),
    numberedByOthers: reread.flatMap(({ receipts }) => receipts),
  };
}

const changedMeanwhile: ProcessAnswer = { kind: 'later', why: 'its receipts changed while they were numbered' };

function plansOf(record: PaymentRecord, sheet: AnswerSheet): ReturnType<typeof planReceipts> {
  try {
    return planReceipts(record);
  } catch (error) {
    sheet.put(record.payment.paymentId, answerToError(error));
    return [];
  }
}

/** Each receipt once, as it was read last, and only while it is not signed. */
function unsigned(receipts: readonly Receipt[]): readonly Receipt[] {
  const byNumber = new Map(receipts.map((receipt) => [archiveKeyOf(receipt, 'xml'), receipt]));
  return [...byNumber.values()].filter(({ state }) => state === 'awaiting-signature');
}
