import { verify } from 'node:crypto';
import type { SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { type ReceiptSigner, SigningRefused } from '#shared/domain/signing-ports.ts';

/** A signer with what else must be known of it before it may sign. */
export interface OpenedSigner {
  readonly own: SigningCertificate;
  /** The signer's first, then its issuers. */
  readonly chain: readonly SigningCertificate[];
  readonly signer: ReceiptSigner;
}

/**
 * A signer whose every signature is checked with its certificate before it is given away: a wrong pair of key and
 * certificate, or a broken service, must not reach a receipt that then lies under lock for ten years. The check costs
 * about a twentieth of the signature.
 * @param keyName tells people which key it is, never a secret
 * @throws SigningRefused when there is no certificate
 */
export function makeProvenSigner(
  keyName: string,
  chain: readonly SigningCertificate[],
  makeSignature: (message: Uint8Array) => Promise<Uint8Array>,
): OpenedSigner {
  const [own] = chain;
  if (own === undefined) throw new SigningRefused(`${keyName} has no certificate: configure the one issued for it`);
  const sign = async (message: Uint8Array) => {
    const signature = await makeSignature(message);
    if (verify('sha256', message, own.publicKey, signature)) return signature;
    throw new SigningRefused(
      `${keyName} does not belong to certificate ${own.serial}: its signature does not verify with it. Was the key ` +
        'renewed and the old certificate kept, or two organisations confused? Configure the certificate of this key.',
    );
  };
  return { own, chain, signer: { certificates: chain.map(({ der }) => der), sign } };
}
