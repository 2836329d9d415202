import type { ProcessAnswer, ReceiptLedger } from '#shared/domain/ports.ts';
import type { ArchivedDocument, Receipt } from '#shared/domain/receipt.ts';
import { SigningRefused } from '#shared/domain/signing-ports.ts';
import { answerToError } from './answer-to-error.ts';
import { type ArchivingNeeds, archiveDocuments, type KeptDocument, LastingFault } from './archive-documents.ts';

export interface FinishingNeeds extends ArchivingNeeds {
  readonly ledger: Pick<ReceiptLedger, 'recordSigned' | 'recordFault' | 'moveSigningTime'>;
}

/**
 * Signs, archives and records a numbered receipt. Killed anywhere, it is done again with the same number and bytes:
 * content and signing time are frozen, a signature knows no chance, and what is archived is never made again.
 * @param mayBeArchived a former run may have come as far as the archive
 */
export async function finishReceipt(
  receipt: Receipt,
  mayBeArchived: boolean,
  needs: FinishingNeeds,
): Promise<ProcessAnswer> {
  try {
    return await finish(receipt, mayBeArchived, needs);
  } catch (error) {
    return answerToError(error);
  }
}

/** What only a person can mend is recorded on the receipt, which keeps its number and is tried again once a day. */
async function finish(receipt: Receipt, mayBeArchived: boolean, needs: FinishingNeeds): Promise<ProcessAnswer> {
  try {
    await signAndRecord(receipt, mayBeArchived, needs);
    return { kind: 'done' };
  } catch (error) {
    if (!(error instanceof LastingFault || error instanceof SigningRefused)) throw error;
    const why = error.message;
    const isFault = (await needs.ledger.recordFault(receipt, why, needs.clock())) === 'recorded';
    return isFault ? { kind: 'fault', why } : { kind: 'later', why: `it changed meanwhile, and before: ${why}` };
  }
}

async function signAndRecord(receipt: Receipt, mayBeArchived: boolean, needs: FinishingNeeds): Promise<void> {
  const { dated, xml, pdf } = await archiveDocuments(receipt, mayBeArchived, needs);
  const now = needs.clock();
  const recorded = ({ key, sha256, bytes }: KeptDocument): ArchivedDocument => {
    return { key, sha256, bytes: bytes.length, archivedAt: now };
  };
  await needs.ledger.recordSigned(dated, { xml: recorded(xml), pdf: recorded(pdf) }, now);
  needs.logNews('RECEIPT_SIGNED', { paymentId: receipt.paymentId, key: xml.key, xml: xml.kind, pdf: pdf.kind });
}
