import type { ReceiptContent } from '#schemas/receipt.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Clock, ProcessAnswer, ReceiptArchive, ReceiptLedger } from '#shared/domain/ports.ts';
import { archiveKeyOf, type Receipt } from '#shared/domain/receipt.ts';
import { answerToError, explain } from './answer-to-error.ts';

export interface FinishingNeeds {
  readonly ledger: Pick<ReceiptLedger, 'recordArchived' | 'recordFault'>;
  readonly archive: ReceiptArchive;
  /** The receipt as PDF; the same content always gives the same bytes, or the same error. */
  readonly render: (content: ReceiptContent) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** Renders, archives and records a numbered receipt. Killed anywhere, it is done again with the same number and bytes. */
export async function finishReceipt(receipt: Receipt, needs: FinishingNeeds): Promise<ProcessAnswer> {
  try {
    const page = await renderPage(receipt, needs);
    return 'why' in page ? await recordFault(receipt, page.why, needs) : await archive(receipt, page.bytes, needs);
  } catch (error) {
    return answerToError(error);
  }
}

/** Rendering is pure, so its failure is no accident: it lasts until content or code is mended. */
async function renderPage(
  receipt: Receipt,
  needs: FinishingNeeds,
): Promise<{ readonly bytes: Uint8Array } | { readonly why: string }> {
  try {
    return { bytes: await needs.render(receipt.content) };
  } catch (error) {
    return { why: `the receipt cannot be rendered: ${explain(error)}` };
  }
}

async function archive(receipt: Receipt, bytes: Uint8Array, needs: FinishingNeeds): Promise<ProcessAnswer> {
  const key = archiveKeyOf(receipt, 'pdf');
  const { kind, sha256 } = await needs.archive.store(key, bytes, 'application/pdf');
  if (kind === 'conflict') {
    const why = `the archive holds other bytes under ${key} (SHA-256 ${sha256}): was the renderer changed, or the number used twice?`;
    return recordFault(receipt, why, needs);
  }
  await needs.ledger.recordArchived(receipt, { key, sha256, bytes: bytes.length, archivedAt: needs.clock() });
  needs.logNews('RECEIPT_ARCHIVED', { paymentId: receipt.paymentId, key, kind });
  return { kind: 'done' };
}

async function recordFault(receipt: Receipt, why: string, needs: FinishingNeeds): Promise<ProcessAnswer> {
  await needs.ledger.recordFault(receipt, why, needs.clock());
  return { kind: 'fault', why };
}
