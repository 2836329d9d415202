import { type KeyObject, X509Certificate } from 'node:crypto';
import { BaseStringBlock, BitString, Constructed, fromBER, ObjectIdentifier, OctetString } from 'asn1js';
import { type Instant, instantSchema } from '#schemas/ids.ts';

/** What signing and verifying must know of a certificate. */
export interface SigningCertificate {
  readonly der: Uint8Array;
  readonly x509: X509Certificate;
  /** Hexadecimal capitals without leading zeros, as authorities print it. */
  readonly serial: string;
  /** The tax code that its subject names, if any. */
  readonly taxCode: string | undefined;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly publicKey: KeyObject;
  /** Whether its key usage allows the signing of documents. */
  readonly maySign: boolean;
}

const oids = { userId: '0.9.2342.19200300.100.1.1', keyUsage: '2.5.29.15' };

/** Bits of the first byte of a key usage (RFC 5280 §4.2.1.3). */
const digitalSignatureOrNonRepudiation = 0b1100_0000;

/**
 * @param certificate DER or PEM
 * @throws Error when the bytes are no certificate
 */
export function readSigningCertificate(certificate: Uint8Array | string): SigningCertificate {
  const x509 = new X509Certificate(certificate);
  const der = new Uint8Array(x509.raw);
  const parts = partsOf(der);
  return {
    der,
    x509,
    serial: serialOf(x509.serialNumber),
    taxCode: taxCodeOf(parts.subject),
    notBefore: instantSchema.parse(x509.validFromDate.toISOString()),
    notAfter: instantSchema.parse(x509.validToDate.toISOString()),
    publicKey: x509.publicKey,
    maySign: ((keyUsageOf(parts.extensions) ?? 0) & digitalSignatureOrNonRepudiation) !== 0,
  };
}

/** One spelling for serial numbers, which authorities print with colons, small letters or leading zeros. */
export function serialOf(text: string): string {
  return text
    .replaceAll(/[\s:]/g, '')
    .toUpperCase()
    .replace(/^0+(?=.)/, '');
}

/** What keeps a certificate from ever signing the receipts of a tax code, whatever the time. */
export function faultsOfCertificate(certificate: SigningCertificate, taxCode: string): readonly string[] {
  const { publicKey, maySign } = certificate;
  const bits = publicKey.asymmetricKeyType === 'rsa' ? (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) : 0;
  const faults: string[] = [];
  if (certificate.taxCode !== taxCode) {
    const named = certificate.taxCode === undefined ? 'no tax code (UID=MST:…)' : `tax code ${certificate.taxCode}`;
    faults.push(`its subject names ${named}, not ${taxCode}: configure the certificate issued to this organisation`);
  }
  if (!maySign) faults.push('its key usage has neither digitalSignature nor nonRepudiation: order one for signing');
  if (bits < 2048) faults.push('its key is no RSA key of 2048 bits or more: order one with such a key');
  return faults;
}

/** What keeps a certificate from signing at an instant, with the next step. */
export function faultOfTime({ notBefore, notAfter }: SigningCertificate, at: Instant): string | undefined {
  if (at > notAfter) return `it expired at ${notAfter}: renew it at its authority and configure the new one`;
  if (at < notBefore) return `it is valid only from ${notBefore}: wait, or keep the certificate before it configured`;
  return undefined;
}

/**
 * What keeps a chain from being believed: each certificate must be issued by the next, the last one by an anchor.
 * @param chain the signer's first
 */
export function faultOfChain(
  chain: readonly SigningCertificate[],
  anchors: readonly SigningCertificate[],
): string | undefined {
  for (const [index, { x509 }] of chain.entries()) {
    const next = chain[index + 1];
    if (next === undefined) {
      const isTrusted = anchors.some(
        (anchor) => anchor.x509.fingerprint256 === x509.fingerprint256 || issued(anchor, x509),
      );
      return isTrusted
        ? undefined
        : 'no trust anchor issued it: add its root, or the issuers between, to the configuration';
    }
    if (!issued(next, x509)) return 'the certificates after it are not its issuers in order: export the chain again';
  }
  return 'there is no certificate';
}

function issued(issuer: SigningCertificate, certificate: X509Certificate): boolean {
  return issuer.x509.ca && certificate.checkIssued(issuer.x509) && certificate.verify(issuer.publicKey);
}

type Block = ReturnType<typeof fromBER>['result'];

/** Subject and extensions by their places in the TBSCertificate (RFC 5280 §4.1). */
function partsOf(der: Uint8Array): { readonly subject: Block | undefined; readonly extensions: Block | undefined } {
  const [signedPart] = childrenOf(fromBER(der).result);
  const fields = childrenOf(signedPart);
  const hasVersion = fields[0]?.idBlock.tagClass === 3;
  const extensions = fields.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 3);
  return { subject: fields[hasVersion ? 5 : 4], extensions: childrenOf(extensions)[0] };
}

function childrenOf(block: Block | undefined): readonly Block[] {
  return block instanceof Constructed ? block.valueBlock.value : [];
}

/** Vietnamese authorities write an organisation's tax code as `UID=MST:0100000000`. */
function taxCodeOf(subject: Block | undefined): string | undefined {
  for (const attribute of childrenOf(subject).flatMap(childrenOf)) {
    const [type, value] = childrenOf(attribute);
    if (!(type instanceof ObjectIdentifier) || !(value instanceof BaseStringBlock)) continue;
    if (type.getValue() !== oids.userId) continue;
    const [, taxCode] = /^MST:\s*(\d{10}(?:-\d{3})?)$/.exec(value.getValue()) ?? [];
    if (taxCode !== undefined) return taxCode;
  }
  return undefined;
}

/** The first byte of the key usage; nothing when there is none. */
function keyUsageOf(extensions: Block | undefined): number | undefined {
  for (const extension of childrenOf(extensions)) {
    const [type, ...rest] = childrenOf(extension);
    const value = rest.at(-1);
    if (!(type instanceof ObjectIdentifier) || !(value instanceof OctetString)) continue;
    if (type.getValue() !== oids.keyUsage) continue;
    const { result } = fromBER(value.getValue());
    if (result instanceof BitString) return result.valueBlock.valueHexView[0];
  }
  return undefined;
}
