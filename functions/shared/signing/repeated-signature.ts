import { verify } from 'node:crypto';
import type { ReceiptContent } from '#schemas/receipt.ts';
import { faultsOfCertificate, readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { checkCertificates, type Trust } from './check-certificates.ts';

/** A signature that was made before. */
export interface FoundSignature {
  /** DER, the signer's first. */
  readonly certificates: readonly Uint8Array[];
  readonly signature: Uint8Array;
}

/**
 * A signer that gives a former signature once more, if it is one over what is to be signed. A document that comes out
 * of it byte by byte as it was is the same document, signed with the key of that certificate.
 */
export function repeatSignature({ certificates, signature }: FoundSignature): ReceiptSigner {
  return {
    certificates,
    sign: async (message) => {
      const [own] = certificates;
      const isOver = own !== undefined && verify('sha256', message, readSigningCertificate(own).publicKey, signature);
      return isOver ? signature : new Uint8Array(signature.length);
    },
  };
}

/** What keeps the certificates from being those of the receipt's organisation at its signing time. */
export function faultOfSigner(
  { certificates }: FoundSignature,
  { collector, signingTime }: ReceiptContent,
  trust: Trust,
): string | undefined {
  const chain = certificates.map(readSigningCertificate);
  const [own] = chain;
  if (own === undefined) return 'it names no certificate';
  const [fault] = faultsOfCertificate(own, collector.taxCode);
  if (fault !== undefined) return `its certificate ${own.serial} is not good: ${fault}`;
  const verdict = checkCertificates(chain, signingTime, trust);
  return verdict.ok ? undefined : `its certificate ${own.serial} is not believed: ${verdict.detail}`;
}
