import { createHash } from 'node:crypto';
import type { ReceiptContent } from '#schemas/receipt.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import { claimReceipt } from '#shared/signing/receipt-claim.ts';
import { roomForSignature, signReceiptPdf } from '#shared/signing/sign-receipt-pdf.ts';
import { signReceiptXml } from '#shared/signing/sign-receipt-xml.ts';
import { makeAuthority } from '#test/support/certificates.ts';
import { type Drawing, qrTextOf } from './drawing.ts';

/** A signed receipt step by step, as it is issued but for its number and the ledger. */
export interface ReceiptSteps {
  readonly signXml: (content: ReceiptContent) => Promise<Uint8Array>;
  /** The text of the QR code, with the digest of the XML. */
  readonly claim: (content: ReceiptContent, signedXml: Uint8Array) => Promise<string>;
  readonly render: (content: ReceiptContent, signedXml: Uint8Array, qrText: string) => Promise<Uint8Array>;
  readonly signPdf: (page: Uint8Array) => Promise<Uint8Array>;
}

/** With an RSA key of 2048 bits in memory and a certificate of an authority made for the run. */
export function makeReceiptSteps({ taxCode, name }: ReceiptContent['collector']): ReceiptSteps {
  const { signer } = makeAuthority().issueFor({ taxCode, name });
  const fonts = loadReceiptFonts();
  const signatureBytes = roomForSignature(signer);
  return {
    signXml: (content) => signReceiptXml(renderReceiptXml(content), content, signer),
    claim: (content, signedXml) => claimReceipt(content, createHash('sha256').update(signedXml).digest('hex'), signer),
    render: (content, signedXml, qrText) => renderReceipt(content, fonts, { signedXml, signatureBytes, qrText }),
    signPdf: (page) => signReceiptPdf(page, signer),
  };
}

/** Our page complete with the original inside and the place of the signature, which no peer draws. */
export function oursWith(steps: ReceiptSteps, signedXml: Uint8Array): Drawing {
  return { name: 'ours', draw: (content) => steps.render(content, signedXml, qrTextOf(content)) };
}
