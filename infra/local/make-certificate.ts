import {
  createHash,
  createPrivateKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { promisify } from 'node:util';
import {
  Boolean as AsnBoolean,
  Set as AsnSet,
  type AsnType,
  BitString,
  Constructed,
  fromBER,
  GeneralizedTime,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  UTCTime,
  Utf8String,
} from 'asn1js';

/** A certificate with its private key, both PEM. */
export interface CertifiedKey {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface CertificateOrder {
  /** The tax code stands in the subject as Vietnamese authorities write it: `UID=MST:<tax code>`. */
  readonly subject: { readonly name: string; readonly taxCode?: string };
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isAuthority: boolean;
}

const oids = {
  userId: '0.9.2342.19200300.100.1.1',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  commonName: '2.5.4.3',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
};

/** Bits of a key usage (RFC 5280 §4.2.1.3), and how many of the byte are unused. */
const usages = {
  authority: { bits: 0b0000_0110, unused: 1 },
  signer: { bits: 0b1100_0000, unused: 6 },
};

const makeKeyPair = promisify(generateKeyPair);

/** Makes a key and its certificate, signed by an issuer or by itself, without any tool on the user's machine. */
export async function makeCertificate(order: CertificateOrder, issuer?: CertifiedKey): Promise<CertifiedKey> {
  const { privateKey, publicKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  const issuerKey = issuer === undefined ? publicKey : new X509Certificate(issuer.certificatePem).publicKey;
  const issuerName = issuer === undefined ? nameOf(order.subject) : subjectOf(issuer.certificatePem);
  const signedPart = new Sequence({
    value: [
      new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [new Integer({ value: 2 })] }),
      serialNumber(),
      algorithm(),
      issuerName,
      new Sequence({ value: [timeOf(order.notBefore), timeOf(order.notAfter)] }),
      nameOf(order.subject),
      parse(publicKey.export({ type: 'spki', format: 'der' })),
      new Constructed({
        idBlock: { tagClass: 3, tagNumber: 3 },
        value: [extensionsOf(order.isAuthority, publicKey, issuerKey)],
      }),
    ],
  });
  const signature = sign(
    'sha256',
    new Uint8Array(signedPart.toBER()),
    issuer === undefined ? privateKey : createPrivateKey(issuer.privateKeyPem),
  );
  const whole = new Sequence({ value: [signedPart, algorithm(), new BitString({ valueHex: signature })] });
  return {
    certificatePem: new X509Certificate(new Uint8Array(whole.toBER())).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function nameOf({ name, taxCode }: CertificateOrder['subject']): Sequence {
  const attributes: readonly (readonly [string, string])[] = [
    ...(taxCode === undefined ? [] : ([[oids.userId, `MST:${taxCode}`]] as const)),
    [oids.country, 'VN'],
    [oids.organization, name],
    [oids.commonName, name],
  ];
  const parts = attributes.map(
    ([type, value]) =>
      new AsnSet({
        value: [new Sequence({ value: [new ObjectIdentifier({ value: type }), new Utf8String({ value })] })],
      }),
  );
  return new Sequence({ value: parts });
}

/** The subject as its bytes stand in the issuer's certificate: names are compared byte by byte. */
function subjectOf(certificatePem: string): AsnType {
  const [signedPart] = childrenOf(parse(new X509Certificate(certificatePem).raw));
  const subject = childrenOf(signedPart)[5];
  if (subject === undefined) throw new Error('The certificate of the local authority has no subject; delete its file');
  return subject;
}

function childrenOf(block: AsnType | undefined): readonly AsnType[] {
  return block instanceof Constructed ? block.valueBlock.value : [];
}

function parse(der: Uint8Array): AsnType {
  return fromBER(new Uint8Array(der)).result;
}

/** Positive and never zero in its first byte, as DER wants the shortest form. */
function serialNumber(): Integer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return new Integer({ valueHex: bytes });
}

function algorithm(): Sequence {
  return new Sequence({ value: [new ObjectIdentifier({ value: oids.sha256WithRsa }), new Null()] });
}

/** RFC 5280 §4.1.2.5: years to 2049 are written with two digits. */
function timeOf(date: Date): UTCTime {
  return date.getUTCFullYear() < 2050 ? new UTCTime({ valueDate: date }) : new GeneralizedTime({ valueDate: date });
}

function extensionsOf(isAuthority: boolean, own: KeyObject, issuer: KeyObject): Sequence {
  const { bits, unused } = isAuthority ? usages.authority : usages.signer;
  const usage = new BitString({ valueHex: Uint8Array.of(bits), unusedBits: unused });
  const constraints = new Sequence({ value: isAuthority ? [new AsnBoolean({ value: true })] : [] });
  const issuerId = new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: keyIdOf(issuer) });
  return new Sequence({
    value: [
      extension(oids.basicConstraints, constraints, true),
      extension(oids.keyUsage, usage, true),
      extension(oids.subjectKeyIdentifier, new OctetString({ valueHex: keyIdOf(own) })),
      extension(oids.authorityKeyIdentifier, new Sequence({ value: [issuerId] })),
    ],
  });
}

/** 160 bits of the key's digest (RFC 7093 §2, method 4). */
function keyIdOf(publicKey: KeyObject): Uint8Array {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20);
}

function extension(type: string, value: Sequence | BitString | OctetString, isCritical = false): Sequence {
  return new Sequence({
    value: [
      new ObjectIdentifier({ value: type }),
      ...(isCritical ? [new AsnBoolean({ value: true })] : []),
      new OctetString({ valueHex: value.toBER() }),
    ],
  });
}
