import { type LedgerChange, reached } from '#shared/domain/ledger-change.ts';

/** States at which the dossier system must hear of a payment. */
const toldStates = ['paid', 'expired', 'waived'];

/** Whether a change makes a confirmation owed; all others, of the sweep or of a number, do nothing here. */
export function concernsDossier(change: LedgerChange): boolean {
  return toldStates.some((state) => reached(change, state)) || wasSigned(change) || wasRefunded(change);
}

function wasSigned({ entity, before, after }: LedgerChange): boolean {
  return entity === 'receipt' && after?.['signedAt'] !== undefined && before?.['signedAt'] === undefined;
}

function wasRefunded({ entity, before, after }: LedgerChange): boolean {
  return entity === 'refund' && after?.['state'] === 'refunded' && before?.['state'] !== 'refunded';
}
