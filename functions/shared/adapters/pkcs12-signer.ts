import { createPrivateKey } from 'node:crypto';
import forge from 'node-forge';
import * as z from 'zod/mini';
import { readSigningCertificate, type SigningCertificate } from '#shared/domain/signing-certificate.ts';
import { SigningRefused } from '#shared/domain/signing-ports.ts';
import { openKey } from './pem-signer.ts';
import type { OpenedSigner } from './proven-signer.ts';

export const pkcs12SecretSchema = z.strictObject({
  /** The .p12 or .pfx file. */
  fileBase64: z.base64(),
  password: z.string(),
});
export type Pkcs12Secret = z.infer<typeof pkcs12SecretSchema>;

/**
 * Opens a .p12 file; the signing itself is Node's own, a hundred times as fast as that of the library.
 * @param name tells people where the secret lies
 * @throws SigningRefused when it cannot be opened, or does not hold one key with its certificate
 */
export function openPkcs12Signer(name: string, secret: Pkcs12Secret): OpenedSigner {
  const file = openFile(name, secret);
  const { keyBag = '', pkcs8ShroudedKeyBag = '', certBag = '' } = forge.pki.oids;
  const bagsOf = (bagType: string) => file.getBags({ bagType })[bagType] ?? [];
  const keys = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)].flatMap(({ key }) => key ?? []);
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    throw new SigningRefused(`${name} holds ${keys.length} RSA keys, not one. Export the signer's key alone.`);
  }
  const privateKey = createPrivateKey(forge.pki.privateKeyToPem(key));
  const known = bagsOf(certBag).map(certificateOf);
  const own = known.find(({ x509 }) => x509.checkPrivateKey(privateKey));
  if (own === undefined) {
    throw new SigningRefused(`${name} holds no certificate of its key. Export key and certificate together.`);
  }
  return openKey(name, privateKey, chainFrom(own, known));
}

/** The library reads certificates of RSA keys only, and leaves issuers with other keys as they are. */
function certificateOf({ cert, asn1 }: forge.pkcs12.Bag): SigningCertificate {
  const der = forge.asn1.toDer(cert ? forge.pki.certificateToAsn1(cert) : asn1).getBytes();
  return readSigningCertificate(Buffer.from(der, 'latin1'));
}

function openFile(name: string, { fileBase64, password }: Pkcs12Secret): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(forge.util.decode64(fileBase64)), password);
  } catch {
    // The library gives both of the file's two ways to use a password the same bytes; they differ beyond ASCII.
    throw new SigningRefused(
      `${name} cannot be opened: is the password another one, or the file no PKCS#12? Where the password has other ` +
        'than plain letters and digits, export the file again with one that has not.',
    );
  }
}

/** A .p12 file keeps its certificates in any order, and may hold a root or strangers. */
function chainFrom(own: SigningCertificate, known: readonly SigningCertificate[]): readonly SigningCertificate[] {
  const chain = [own];
  let last = own;
  const isNext = (candidate: SigningCertificate) => !chain.includes(candidate) && last.x509.checkIssued(candidate.x509);
  for (let next = known.find(isNext); next !== undefined; next = known.find(isNext)) {
    chain.push(next);
    last = next;
  }
  return chain;
}
