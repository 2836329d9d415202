import type { ReceiptContent } from '#schemas/receipt.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import { roomForSignature, signReceiptPdf } from '#shared/signing/sign-receipt-pdf.ts';
import { signReceiptXml } from '#shared/signing/sign-receipt-xml.ts';
import { aReceiptContent } from './receipt-content.ts';

const fonts = loadReceiptFonts();

/** The page of a receipt with the original in it, ready to be signed. */
export async function makePage(signer: ReceiptSigner, content = aReceiptContent()): Promise<Uint8Array> {
  const signedXml = await signReceiptXml(renderReceiptXml(content), content, signer);
  return renderReceipt(content, fonts, { signedXml, signatureBytes: roomForSignature(signer) });
}

export async function makeSignedPage(signer: ReceiptSigner, content?: ReceiptContent): Promise<Uint8Array> {
  return signReceiptPdf(await makePage(signer, content), signer);
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
