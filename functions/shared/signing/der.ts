import { BaseBlock, Constructed, fromBER, OctetString } from 'asn1js';

/** Tags of ASN.1 values in DER (X.690 §8). */
export const tag = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** `[0]` of a choice or an optional part, which holds other values. */
  part0: 0xa0,
} as const;

/** A value in DER. What we write is a dozen of these; what others wrote is read with a library. */
export function der(type: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.of(type, ...lengthOf(length)), ...contents]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

/** An object identifier, such as `1.2.840.113549.1.7.2`. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(tag.objectIdentifier, Uint8Array.from([40 * first + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}

/** Reads one value, behind which only zeros may stand; nothing when it is no DER. */
export function readPaddedDer(bytes: Uint8Array): BaseBlock | undefined {
  const { offset, result } = fromBER(bytes);
  const isRead = offset > 0 && result instanceof BaseBlock && result.error === '';
  return isRead && bytes.subarray(offset).every((byte) => byte === 0) ? result : undefined;
}

/** The values inside a value, none when it holds none. */
export function partsOf(block: BaseBlock | undefined): readonly BaseBlock[] {
  return block instanceof Constructed ? block.valueBlock.value : [];
}

/** A value as it stands in the bytes that were read. */
export function bytesOf(block: BaseBlock): Uint8Array {
  return block.valueBeforeDecodeView;
}

/** Contents of an octet string; none of anything else. */
export function octetsOf(block: BaseBlock): Uint8Array {
  return block instanceof OctetString ? new Uint8Array(block.getValue()) : new Uint8Array();
}

/** Issuer and serial number of a certificate, which name it in a signature (RFC 5280 §4.1). */
export function issuerAndSerialOf(certificate: Uint8Array): Uint8Array | undefined {
  const [toBeSigned] = partsOf(readPaddedDer(certificate));
  // The version before them is left out by certificates of version 1.
  const [serial, , issuer] = partsOf(toBeSigned).filter((part) => part.idBlock.tagClass === universal);
  return serial === undefined || issuer === undefined ? undefined : der(tag.sequence, bytesOf(issuer), bytesOf(serial));
}

const universal = 1;
