import { createHash } from 'node:crypto';
import type { ReceiptContent } from '#schemas/receipt.ts';
import type { ReceiptDocuments, ReceiptSigner, SigningKeys } from '#shared/domain/signing-ports.ts';

/**
 * Documents for tests that ask nothing of their looks: the frozen content and who signed it, so that other content and
 * other signers are other bytes.
 */
export const plainDocuments: ReceiptDocuments = {
  writeXml: (content) => JSON.stringify(content),
  signXml: async (xml, _content, signer) => signedBy(signer, xml),
  drawPage: (content, signedXml) => Promise.resolve(Buffer.from(pageOf(content, signedXml))),
  signPage: async (page, signer) => signedBy(signer, Buffer.from(page).toString()),
  faultOfXml: (bytes, content) => Promise.resolve(faultOf(bytes, JSON.stringify(content))),
  faultOfPage: (bytes, content, signedXml) => Promise.resolve(faultOf(bytes, pageOf(content, signedXml))),
};

const pageOf = (content: ReceiptContent, signedXml: Uint8Array) =>
  JSON.stringify({ number: content.number, original: digestOf(signedXml) });

async function signedBy(signer: ReceiptSigner, text: string): Promise<Uint8Array> {
  return Buffer.concat([Buffer.from(`${text}\n`), await signer.sign(Buffer.from(text))]);
}

function faultOf(bytes: Uint8Array, text: string): string | undefined {
  return Buffer.from(bytes).toString().split('\n')[0] === text ? undefined : 'they are another document';
}

/** A signer whose signature is the digest of the message behind the signer's name. */
export function aPlainSigner(name = 'tổ chức thu'): ReceiptSigner {
  return {
    certificates: [Buffer.from(name)],
    sign: (message) => Promise.resolve(Buffer.from(`${name} ${digestOf(message)}`)),
  };
}

const plainSigner = aPlainSigner();
export const plainKeys: SigningKeys = { signerOf: () => Promise.resolve(plainSigner) };

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
