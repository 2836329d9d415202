import { createHash } from 'node:crypto';
import type { ReceiptContent } from '#schemas/receipt.ts';
import type { ReceiptDocuments, ReceiptSigner } from '#shared/domain/signing-ports.ts';
import type { ReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import { editionOf } from '#shared/rendering/renderer-editions.ts';
import type { Trust } from './check-certificates.ts';
import { readSignedPdf } from './read-signed-pdf.ts';
import { claimReceipt, readClaim } from './receipt-claim.ts';
import { type FoundSignatures, faultOfSigner, repeatSignatures, SignedAnother } from './repeated-signature.ts';
import { roomForSignature, signReceiptPdf } from './sign-receipt-pdf.ts';
import { signReceiptXml } from './sign-receipt-xml.ts';

export interface DocumentsNeeds {
  readonly fonts: ReceiptFonts;
  /** Whom the certificates of documents that are found in the archive must lead to. */
  readonly trust: Trust;
}

/**
 * The two documents of a receipt, and how they are recognised. A document is not parsed but made anew with the signature
 * that it bears: our writers leave nothing to chance, so that only the very same receipt gives the very same bytes.
 */
export function makeReceiptDocuments({ fonts, trust }: DocumentsNeeds): ReceiptDocuments {
  const drawPage = async (content: ReceiptContent, signedXml: Uint8Array, signer: ReceiptSigner) => {
    const qrText = await qrTextOf(content, signedXml, signer);
    return renderReceipt(content, fonts, { signedXml, signatureBytes: roomForSignature(signer), qrText });
  };
  return {
    writeXml: (content) => renderReceiptXml(content),
    signXml: signReceiptXml,
    drawPage,
    signPage: signReceiptPdf,
    faultOfXml: (bytes, content) =>
      faultOfDocument({ bytes, content, trust, found: findXmlSignature(bytes) }, (signer) =>
        signReceiptXml(renderReceiptXml(content), content, signer),
      ),
    faultOfPage: (bytes, content, signedXml) =>
      faultOfDocument({ bytes, content, trust, found: findPdfSignatures(bytes) }, async (signer) =>
        signReceiptPdf(await drawPage(content, signedXml, signer), signer),
      ),
  };
}

/** What the QR code of a signed page says: the claim over this very XML, where the receipt's edition prints one (ADR 19). */
async function qrTextOf(content: ReceiptContent, signedXml: Uint8Array, signer: ReceiptSigner): Promise<string> {
  if (!editionOf(content).printsClaim) return content.lookupUrl;
  return claimReceipt(content, createHash('sha256').update(signedXml).digest('hex'), signer);
}

interface FoundDocument {
  readonly bytes: Uint8Array;
  /** What it should be a document of. */
  readonly content: ReceiptContent;
  readonly trust: Trust;
  readonly found: FoundSignatures | undefined;
}

const otherBytes = 'with their own signatures this receipt gives other bytes';

async function faultOfDocument(
  { bytes, content, trust, found }: FoundDocument,
  makeAnew: (signer: ReceiptSigner) => Promise<Uint8Array>,
): Promise<string | undefined> {
  if (found === undefined) return 'they bear no signature as ours';
  try {
    if (Buffer.compare(await makeAnew(repeatSignatures(found)), bytes) !== 0) return otherBytes;
    return faultOfSigner(found, content, trust);
  } catch (error) {
    if (error instanceof SignedAnother) return otherBytes;
    return `they cannot be compared with this receipt: ${error instanceof Error ? error.message : 'no error'}`;
  }
}

function findXmlSignature(bytes: Uint8Array): FoundSignatures | undefined {
  const text = new TextDecoder().decode(bytes);
  const [, value] = /<SignatureValue>([^<]+)<\/SignatureValue>/.exec(text) ?? [];
  if (value === undefined) return undefined;
  const certificates = [...text.matchAll(/<X509Certificate>([^<]+)<\/X509Certificate>/g)].map(([, base64 = '']) =>
    Buffer.from(base64, 'base64'),
  );
  return { certificates, signatures: [Buffer.from(value, 'base64')] };
}

/** That of the file, and that of the claim in its QR code, which a link repeats in plain digits. */
function findPdfSignatures(bytes: Uint8Array): FoundSignatures | undefined {
  try {
    const pdf = readSignedPdf(bytes);
    if ('code' in pdf) return undefined;
    const { certificates, signature } = pdf.cms;
    const [, digits = ''] = /\/URI \([^()]*#(\d+)\)/.exec(new TextDecoder('latin1').decode(bytes)) ?? [];
    const claim = readClaim(digits);
    return { certificates, signatures: claim === undefined ? [signature] : [signature, claim.signature] };
  } catch {
    return undefined;
  }
}
