import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { readSigningCertificate, type SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { SigningRefused } from '#shared/domain/signing-ports.ts';
import { makeProvenSigner, type OpenedSigner } from './proven-signer.ts';

export const pemSecretSchema = z.strictObject({
  /** Certificates, the signer's first, then its issuers. */
  certificateChainPem: z.string(),
  /** PKCS#8, not encrypted. */
  privateKeyPem: z.string(),
});
export type PemSecret = z.infer<typeof pemSecretSchema>;

/** Signs on a thread of its own, so that rendering goes on meanwhile. */
const signAside = promisify(sign);

/**
 * Opens a key that lies in the application's own hands.
 * @param name tells people where the secret lies
 * @throws SigningRefused when key or certificate cannot be read, or do not belong together
 */
export function openPemSigner(name: string, secret: PemSecret): OpenedSigner {
  const key = readOr(name, 'its privateKeyPem', () => createPrivateKey(secret.privateKeyPem));
  const chain = readOr(name, 'its certificateChainPem', () => readChain(secret.certificateChainPem));
  return openKey(name, key, chain);
}

/** @throws SigningRefused when key and certificate do not belong together */
export function openKey(name: string, key: KeyObject, chain: readonly SigningCertificate[]): OpenedSigner {
  const [own] = chain;
  if (own !== undefined && !own.x509.checkPrivateKey(key)) {
    throw new SigningRefused(
      `${name}: the private key does not belong to certificate ${own.serial}. Was only one of the two renewed, or are ` +
        'the issuers before the signer? Store the pair together, the signer first.',
    );
  }
  return makeProvenSigner(name, chain, async (message) => new Uint8Array(await signAside('sha256', message, key)));
}

function readChain(pem: string): readonly SigningCertificate[] {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return certificates.map((certificate) => readSigningCertificate(certificate));
}

/** The parser's own message stays out: it may quote the key. */
function readOr<Thing>(name: string, part: string, read: () => Thing): Thing {
  try {
    return read();
  } catch {
    throw new SigningRefused(`${name}: ${part} cannot be read. Store it again as unencrypted PEM.`);
  }
}
