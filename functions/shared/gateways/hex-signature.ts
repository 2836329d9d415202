import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type HmacAlgorithm = 'sha256' | 'sha512';

/** A text stands for its bytes in UTF-8. */
export type SignedBytes = string | Uint8Array;

/** HMAC of a text under a secret, as lower-case hex. */
export function hmacHex(algorithm: HmacAlgorithm, secret: SignedBytes, text: SignedBytes): string {
  return hmac(algorithm, secret, text).toString('hex');
}

export function verifyHmacHex(
  algorithm: HmacAlgorithm,
  secret: SignedBytes,
  text: SignedBytes,
  received: string,
): boolean {
  return isHexOf(hmac(algorithm, secret, text), received);
}

/** SHA-256 of a text that holds the secret itself, as lower-case hex: weaker than an HMAC, but some gateways' choice. */
export function sha256Hex(text: string): string {
  return sha256(text).toString('hex');
}

export function verifySha256Hex(text: string, received: string): boolean {
  return isHexOf(sha256(text), received);
}

/**
 * Compares a received hex signature with ours over the decoded bytes, in constant time: exact length, either
 * letter case (gateway specification §0 rule 3).
 */
function isHexOf(expected: Buffer, received: string): boolean {
  // Buffer.from stops silently at the first wrong digit, so form and length are checked before decoding.
  if (received.length !== expected.length * 2 || !/^[0-9a-fA-F]+$/.test(received)) return false;
  return timingSafeEqual(Buffer.from(received, 'hex'), expected);
}

function hmac(algorithm: HmacAlgorithm, secret: SignedBytes, text: SignedBytes): Buffer {
  return createHmac(algorithm, secret).update(text).digest();
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
