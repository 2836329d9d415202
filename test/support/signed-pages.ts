import type { ReceiptContent } from '#schemas/receipt.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { makeReceiptDocuments } from '#shared/signing/receipt-documents.ts';
import { signReceiptPdf } from '#shared/signing/sign-receipt-pdf.ts';
import { aReceiptContent } from './receipt-content.ts';

const documents = makeReceiptDocuments({ fonts: loadReceiptFonts(), trust: { anchors: [], revoked: [] } });

/** The page of a receipt with the original and the claim over it, ready to be signed; `original` stands in for its own. */
export async function makePage(
  signer: ReceiptSigner,
  content = aReceiptContent(),
  original?: Uint8Array,
): Promise<Uint8Array> {
  const signedXml = original ?? (await documents.signXml(documents.writeXml(content), content, signer));
  return documents.drawPage(content, signedXml, signer);
}

export async function makeSignedPage(
  signer: ReceiptSigner,
  content?: ReceiptContent,
  original?: Uint8Array,
): Promise<Uint8Array> {
  return signReceiptPdf(await makePage(signer, content, original), signer);
}

/** The bytes of a file with one text in it replaced by another, where it stands last. */
export function alter(file: Uint8Array, before: string, after: string): Uint8Array {
  const text = Buffer.from(file).toString('latin1');
  const at = text.lastIndexOf(before);
  if (at === -1) throw new Error(`the file does not hold ${before}`);
  return Buffer.from(text.slice(0, at) + after + text.slice(at + before.length), 'latin1');
}

/** The bytes of a file with one bit turned over. */
export function flipBit(file: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(file);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
