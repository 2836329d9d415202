import type { ConfirmationLedger } from '#shared/domain/ports.ts';
import { putOnce } from './conditional-write.ts';
import type { Table } from './dynamo.ts';
import { confirmationItem } from './payment-items.ts';
import { readRecord } from './read-record.ts';

export function makeConfirmationLedger(table: Table): ConfirmationLedger {
  return {
    readRecord: (paymentId) => readRecord(table, paymentId),
    recordSent: async (confirmation) => void (await putOnce(table, confirmationItem(confirmation))),
  };
}
