import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a key that a caller shows is one of ours, in constant time whatever their lengths. */
export function isShownKey(shown: string | undefined, keys: readonly string[]): boolean {
  if (shown === undefined) return false;
  // Every key is compared, so that the time does not tell which of them fits.
  return keys.filter((key) => timingSafeEqual(digestOf(shown), digestOf(key))).length > 0;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
