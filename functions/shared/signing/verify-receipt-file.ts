import type { ReceiptFacts } from '#shared/rendering/read-receipt-xml.ts';
import type { SignerFacts } from './examine-receipt.ts';
import type { Check } from './verdict.ts';
import { verifyReceiptPdf } from './verify-receipt-pdf.ts';
import { type VerifyingNeeds, verifyReceiptXml } from './verify-receipt-xml.ts';

/** What a verification came to, of an XML file or of a page with its original inside. */
export interface FileVerdict {
  readonly kind: 'xml' | 'pdf';
  readonly isGenuine: boolean;
  readonly sha256: string;
  /** Of the XML: the file itself, or the original inside the page, if there is one. */
  readonly xmlSha256: string | undefined;
  readonly checks: readonly Check[];
  /** Given only when they may be believed. */
  readonly facts: ReceiptFacts | undefined;
  readonly signer: SignerFacts | undefined;
}

/** Verifies a receipt's file by what it is, whatever it is called. It comes from anybody; the answer is never an error. */
export async function verifyReceiptFile(bytes: Uint8Array, needs: VerifyingNeeds): Promise<FileVerdict> {
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')) {
    const { original, signer, isGenuine, sha256, checks } = await verifyReceiptPdf(bytes, needs);
    const facts = isGenuine ? original?.facts : undefined;
    return { kind: 'pdf', isGenuine, sha256, xmlSha256: original?.sha256, checks, facts, signer };
  }
  const { facts, signer, isGenuine, sha256, checks } = await verifyReceiptXml(bytes, needs);
  return { kind: 'xml', isGenuine, sha256, xmlSha256: sha256, checks, facts, signer };
}
