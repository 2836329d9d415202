import { sha256Hex, verifySha256Hex } from '../hex-signature.ts';
import { checksumOrders } from './protocol.ts';
import type { DvcqgSecret } from './settings.ts';

export type DvcqgMessage = keyof typeof checksumOrders;
export type DvcqgValues = Readonly<Record<string, unknown>>;

/**
 * Values joined by bars, raw, the key last. A bar inside a value is not escaped, so a text is only ever built and
 * compared, never split (§4.2).
 */
export function signedTextOf(message: DvcqgMessage, values: DvcqgValues, key: string): string {
  return [...checksumOrders[message].map((name) => textOf(values[name])), key].join('|');
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `MaXacThuc`: SHA-256 over a text that holds the key, no HMAC (§4.1). */
export function signMessage(message: DvcqgMessage, values: DvcqgValues, secret: DvcqgSecret): string {
  return sha256Hex(signedTextOf(message, values, secret.secretKey));
}

/** Verifies `MaXacThuc`; the values are the literal texts of the message. */
export function verifyMessage(message: DvcqgMessage, values: DvcqgValues, secrets: readonly DvcqgSecret[]): boolean {
  const received = textOf(values['MaXacThuc']);
  return secrets.some(({ secretKey }) => verifySha256Hex(signedTextOf(message, values, secretKey), received));
}
