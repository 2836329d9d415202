import { verify } from 'node:crypto';
import type { ReceiptContent } from '#schemas/receipt.ts';
import { faultsOfCertificate, readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { checkCertificates, type Trust } from './check-certificates.ts';

/** What was signed before, all of it by one key. */
export interface FoundSignatures {
  /** DER, the signer's first. */
  readonly certificates: readonly Uint8Array[];
  readonly signatures: readonly Uint8Array[];
}

/** None of the signatures is over what is to be signed: they were made for another document. */
export class SignedAnother extends Error {
  override readonly name = 'SignedAnother';
}

/**
 * A signer that gives former signatures once more, each over what it was made for. A document that comes out of it byte
 * by byte as it was is the same document, signed with the key of that certificate.
 */
export function repeatSignatures({ certificates, signatures }: FoundSignatures): ReceiptSigner {
  return {
    certificates,
    sign: async (message) => {
      const [own] = certificates;
      const key = own === undefined ? undefined : readSigningCertificate(own).publicKey;
      const found = signatures.find((signature) => key !== undefined && verify('sha256', message, key, signature));
      // To give another value in its place would recognise a document that was filed with that very value.
      if (found === undefined) throw new SignedAnother(`none of ${signatures.length} signatures is over this`);
      return found;
    },
  };
}

/** Whose signature a document should bear, and of when. */
export type SupposedSigner = Pick<ReceiptContent, 'signingTime'> & {
  readonly collector: Pick<ReceiptContent['collector'], 'taxCode'>;
};

/** What keeps the certificates from being those of the document's organisation at its signing time. */
export function faultOfSigner(
  { certificates }: FoundSignatures,
  { collector, signingTime }: SupposedSigner,
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
