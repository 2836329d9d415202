import { createHash } from 'node:crypto';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { byteRangePlaceholder } from '#shared/rendering/signature-field.ts';
import { cmsLengthOf, signCms } from './cms.ts';

/** Room that a page of this signer must leave for its signature; depends on the certificates only. */
export function roomForSignature(signer: ReceiptSigner): number {
  return cmsLengthOf(signer);
}

/**
 * Fills the hole that `renderReceipt` left with a signature over all the rest of the file (ETSI.CAdES.detached). Nothing
 * is added or moved, so that the same page and signer give the same bytes.
 * @throws SigningUnavailable, SigningRefused as the signer does
 */
export async function signReceiptPdf(page: Uint8Array, signer: ReceiptSigner): Promise<Uint8Array> {
  const pdf = Buffer.from(page);
  const hole = findHole(pdf);
  const byteRange = `/ByteRange [0 ${hole.start} ${hole.end} ${pdf.length - hole.end}]`;
  pdf.write(byteRange.padEnd(byteRangePlaceholder.length), hole.byteRangeAt, 'latin1');
  const digest = createHash('sha256').update(pdf.subarray(0, hole.start)).update(pdf.subarray(hole.end)).digest();
  const signature = Buffer.from(await signCms(digest, signer)).toString('hex');
  // Between the angle brackets; what the signature leaves over stays zero.
  const room = hole.end - hole.start - 2;
  if (signature.length > room) {
    throw new BrokenInvariant(
      `the page leaves ${room / 2} bytes for a signature of ${signature.length / 2}: was it rendered for another signer?`,
    );
  }
  pdf.write(signature, hole.start + 1, 'latin1');
  return pdf;
}

interface Hole {
  readonly byteRangeAt: number;
  /** From `<` to behind `>`. */
  readonly start: number;
  readonly end: number;
}

function findHole(pdf: Buffer): Hole {
  const byteRangeAt = pdf.indexOf(byteRangePlaceholder, 0, 'latin1');
  const start = pdf.indexOf('/Contents <', byteRangeAt, 'latin1') + '/Contents '.length;
  const end = pdf.indexOf('>', start, 'latin1') + 1;
  if (byteRangeAt === -1 || byteRangeAt !== pdf.lastIndexOf(byteRangePlaceholder, undefined, 'latin1') || end === 0) {
    throw new BrokenInvariant('the page has not exactly one empty place for a signature');
  }
  return { byteRangeAt, start, end };
}
