import { createHash, X509Certificate } from 'node:crypto';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { bytesOf, der, issuerAndSerialOf, octetsOf, oid, partsOf, readPaddedDer, tag } from './der.ts';

/** Object identifiers of a CMS signature (RFC 5652, RFC 5754, RFC 5035). */
export const identifiers = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
} as const;

/**
 * A detached CMS signature over content of this digest, as PAdES wants it at level B-B (EN 319 142-1 §6.3): content
 * type, message digest and the signer's certificate are signed; the signing time stands in the PDF and not here.
 * @param digest SHA-256 of the signed bytes
 * @returns DER, the same for the same digest and signer
 * @throws SigningUnavailable, SigningRefused as the signer does
 */
export async function signCms(digest: Uint8Array, signer: ReceiptSigner): Promise<Uint8Array> {
  const parts = signerPartsOf(signer);
  const attributes = attributesOf(digest, parts);
  return assemble(parts, attributes, await signer.sign(signedBytesOf(attributes)));
}

/** Bytes that a signature of this signer takes. */
export function cmsLengthOf(signer: ReceiptSigner): number {
  const parts = signerPartsOf(signer);
  return assemble(parts, attributesOf(new Uint8Array(32), parts), new Uint8Array(parts.signatureBytes)).length;
}

/** A signature that has the form of ours. */
export interface ReadCms {
  /** The signer's first. */
  readonly certificates: readonly Uint8Array[];
  /** SHA-256 of the content, as it was signed. */
  readonly digest: Uint8Array;
  /** What the signature's value is over. */
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Reads a signature as `signCms` makes it. What is read is put together anew and must give the same bytes, so there is
 * no room for another algorithm, attribute, signer or certificate that a reader might overlook.
 * @param padded the signature, and after it nothing but zeros
 * @returns nothing when it has another form
 * @throws Error when a certificate in it cannot be read
 */
export function readCms(padded: Uint8Array): ReadCms | undefined {
  const contentInfo = readPaddedDer(padded);
  const [, signedData] = partsOf(contentInfo);
  const [, , , certificateSet, signerInfos] = partsOf(partsOf(signedData)[0]);
  const [, , , attributeSet, , signatureValue] = partsOf(partsOf(signerInfos)[0]);
  const [digestValue] = partsOf(partsOf(partsOf(attributeSet)[1])[1]);
  if (contentInfo === undefined || digestValue === undefined || signatureValue === undefined) return undefined;
  const certificates = partsOf(certificateSet).map(bytesOf);
  const [digest, signature] = [octetsOf(digestValue), octetsOf(signatureValue)];
  const parts = makeSignerParts(certificates);
  const attributes = attributesOf(digest, parts);
  const isOurs = Buffer.compare(assemble(parts, attributes, signature), bytesOf(contentInfo)) === 0;
  return isOurs ? { certificates, digest, signedBytes: signedBytesOf(attributes), signature } : undefined;
}

/** What is the same in all signatures of a signer. */
interface SignerParts {
  readonly certificates: Uint8Array;
  readonly issuerAndSerial: Uint8Array;
  readonly certificateAttribute: Uint8Array;
  readonly signatureBytes: number;
}

const known = new WeakMap<ReceiptSigner, SignerParts>();

function signerPartsOf(signer: ReceiptSigner): SignerParts {
  const before = known.get(signer);
  if (before !== undefined) return before;
  const parts = makeSignerParts(signer.certificates);
  known.set(signer, parts);
  return parts;
}

function makeSignerParts(certificates: readonly Uint8Array[]): SignerParts {
  const [own] = certificates;
  const issuerAndSerial = own === undefined ? undefined : issuerAndSerialOf(own);
  if (own === undefined || issuerAndSerial === undefined)
    throw new BrokenInvariant('the first certificate of a signer cannot be read');
  const modulusBits = new X509Certificate(own).publicKey.asymmetricKeyDetails?.modulusLength;
  if (modulusBits === undefined) throw new BrokenInvariant("a signer's certificate is not for an RSA key");
  return {
    certificates: der(tag.part0, ...certificates),
    issuerAndSerial,
    certificateAttribute: attribute(identifiers.signingCertificateV2, signingCertificateOf(own)),
    signatureBytes: Math.ceil(modulusBits / 8),
  };
}

/** SigningCertificateV2 with one ESSCertIDv2 whose hash is by SHA-256, which as the default is not named (RFC 5035 §3). */
function signingCertificateOf(certificate: Uint8Array): Uint8Array {
  const hash = der(tag.octets, createHash('sha256').update(certificate).digest());
  return der(tag.sequence, der(tag.sequence, der(tag.sequence, hash)));
}

/** In the order of a DER set: by their bytes, which here is by their length. */
function attributesOf(digest: Uint8Array, { certificateAttribute }: SignerParts): readonly Uint8Array[] {
  return [contentType, attribute(identifiers.messageDigest, der(tag.octets, digest)), certificateAttribute];
}

/** Signed as the set that it is, and kept as the tagged part that the syntax wants (RFC 5652 §5.4). */
function signedBytesOf(attributes: readonly Uint8Array[]): Uint8Array {
  return der(tag.set, ...attributes);
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return der(tag.sequence, oid(type), der(tag.set, value));
}

const contentType = attribute(identifiers.contentType, oid(identifiers.data));
const version1 = der(tag.integer, Uint8Array.of(1));
const digestAlgorithm = der(tag.sequence, oid(identifiers.sha256));
const signatureAlgorithm = der(tag.sequence, oid(identifiers.sha256WithRsa), der(tag.null));

function assemble(parts: SignerParts, attributes: readonly Uint8Array[], signature: Uint8Array): Uint8Array {
  const signerInfo = der(
    tag.sequence,
    version1,
    parts.issuerAndSerial,
    digestAlgorithm,
    der(tag.part0, ...attributes),
    signatureAlgorithm,
    der(tag.octets, signature),
  );
  const signedData = der(
    tag.sequence,
    version1,
    der(tag.set, digestAlgorithm),
    der(tag.sequence, oid(identifiers.data)),
    parts.certificates,
    der(tag.set, signerInfo),
  );
  return der(tag.sequence, oid(identifiers.signedData), der(tag.part0, signedData));
}
