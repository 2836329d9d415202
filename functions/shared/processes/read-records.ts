import type { PaymentId } from '#schemas/ids.ts';
import type { PaymentRecord } from '#shared/domain/payment-record.ts';
import type { AnswerSheet } from './answer-sheet.ts';
import { answerToError } from './answer-to-error.ts';
import { inParallel } from './in-parallel.ts';

export interface RecordReader {
  readRecord(paymentId: PaymentId): Promise<PaymentRecord | undefined>;
}

const readsAtOnce = 20;

/**
 * Reads each payment once; the sheet is told of those that cannot be read.
 * @returns the others in the order of the ids, so that who comes first is served first
 */
export async function readRecords(
  paymentIds: readonly PaymentId[],
  sheet: AnswerSheet,
  ledger: RecordReader,
): Promise<readonly PaymentRecord[]> {
  const ids = [...new Set(paymentIds)];
  const records = new Map<PaymentId, PaymentRecord>();
  await inParallel(ids, readsAtOnce, async (paymentId) => {
    try {
      const record = await ledger.readRecord(paymentId);
      if (record === undefined) sheet.put(paymentId, { kind: 'fault', why: 'there is no such payment' });
      else records.set(paymentId, record);
    } catch (error) {
      sheet.put(paymentId, answerToError(error));
    }
  });
  return ids.flatMap((paymentId) => records.get(paymentId) ?? []);
}
