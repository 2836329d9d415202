import type { ReceiptContent } from '#schemas/receipt.ts';
import type { ReceiptDocuments, ReceiptSigner } from '#shared/domain/signing-ports.ts';
import type { ReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import type { Trust } from './check-certificates.ts';
import { readSignedPdf } from './read-signed-pdf.ts';
import { type FoundSignature, faultOfSigner, repeatSignature } from './repeated-signature.ts';
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
  const drawPage = (content: ReceiptContent, signedXml: Uint8Array, signer: ReceiptSigner) =>
    renderReceipt(content, fonts, { signedXml, signatureBytes: roomForSignature(signer) });
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
      faultOfDocument({ bytes, content, trust, found: findPdfSignature(bytes) }, async (signer) =>
        signReceiptPdf(await drawPage(content, signedXml, signer), signer),
      ),
  };
}

interface FoundDocument {
  readonly bytes: Uint8Array;
  /** What it should be a document of. */
  readonly content: ReceiptContent;
  readonly trust: Trust;
  readonly found: FoundSignature | undefined;
}

async function faultOfDocument(
  { bytes, content, trust, found }: FoundDocument,
  makeAnew: (signer: ReceiptSigner) => Promise<Uint8Array>,
): Promise<string | undefined> {
  if (found === undefined) return 'they bear no signature as ours';
  try {
    if (Buffer.compare(await makeAnew(repeatSignature(found)), bytes) !== 0) {
      return 'with their own signature this receipt gives other bytes';
    }
    return faultOfSigner(found, content, trust);
  } catch (error) {
    return `they cannot be compared with this receipt: ${error instanceof Error ? error.message : 'no error'}`;
  }
}

function findXmlSignature(bytes: Uint8Array): FoundSignature | undefined {
  const text = new TextDecoder().decode(bytes);
  const [, value] = /<SignatureValue>([^<]+)<\/SignatureValue>/.exec(text) ?? [];
  if (value === undefined) return undefined;
  const certificates = [...text.matchAll(/<X509Certificate>([^<]+)<\/X509Certificate>/g)].map(([, base64 = '']) =>
    Buffer.from(base64, 'base64'),
  );
  return { certificates, signature: Buffer.from(value, 'base64') };
}

function findPdfSignature(bytes: Uint8Array): FoundSignature | undefined {
  try {
    const pdf = readSignedPdf(bytes);
    return 'code' in pdf ? undefined : { certificates: pdf.cms.certificates, signature: pdf.cms.signature };
  } catch {
    return undefined;
  }
}
