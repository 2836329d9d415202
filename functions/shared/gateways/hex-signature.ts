import { createHmac, timingSafeEqual } from 'node:crypto';

export type HmacAlgorithm = 'sha256' | 'sha512';

/** HMAC of a text in UTF-8 under a secret in UTF-8, as lower-case hex. */
export function hmacHex(algorithm: HmacAlgorithm, secret: string, text: string): string {
  return hmac(algorithm, secret, text).toString('hex');
}

/**
 * Compares a received hex signature with ours over the decoded bytes, in constant time: exact length, either
 * letter case (gateway specification §0 rule 3).
 */
export function verifyHmacHex(algorithm: HmacAlgorithm, secret: string, text: string, received: string): boolean {
  const expected = hmac(algorithm, secret, text);
  // Buffer.from stops silently at the first wrong digit, so form and length are checked before decoding.
  if (received.length !== expected.length * 2 || !/^[0-9a-fA-F]+$/.test(received)) return false;
  return timingSafeEqual(Buffer.from(received, 'hex'), expected);
}

function hmac(algorithm: HmacAlgorithm, secret: string, text: string): Buffer {
  return createHmac(algorithm, secret).update(text, 'utf8').digest();
}
