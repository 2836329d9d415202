import { hmacHex, verifyHmacHex } from '../hex-signature.ts';
import type { MomoSecret } from './settings.ts';

/** Which fields of a message are signed, in which order; always alphabetical with `accessKey` in front (§2.2). */
export const signedNames = {
  callback: names(
    'amount extraData message orderId orderInfo orderType partnerCode payType requestId responseTime resultCode transId',
  ),
  create: names('amount extraData ipnUrl orderId orderInfo partnerCode redirectUrl requestId requestType'),
  query: names('orderId partnerCode requestId'),
  refund: names('amount description orderId partnerCode requestId transId'),
  createAnswer: names('amount orderId partnerCode payUrl requestId responseTime resultCode'),
  createAnswerWithMessage: names('amount message orderId partnerCode payUrl requestId responseTime resultCode'),
} as const satisfies Record<string, readonly string[]>;

export type MomoMessage = keyof typeof signedNames;
export type MomoValues = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * `name=value` pairs, values raw: neither URL-encoded nor escaped, empty ones kept. The access key is not in
 * messages; it comes from the secret.
 */
export function signedTextOf(message: MomoMessage, values: MomoValues, secret: MomoSecret): string {
  const pairs = signedNames[message].map((name) => `${name}=${values[name] ?? ''}`);
  return [`accessKey=${secret.accessKey}`, ...pairs].join('&');
}

export function signMessage(message: MomoMessage, values: MomoValues, secret: MomoSecret): string {
  return hmacHex('sha256', secret.secretKey, signedTextOf(message, values, secret));
}

/** Verifies `values.signature`; the values are the literal texts of the message. */
export function verifyMessage(message: MomoMessage, values: MomoValues, secrets: readonly MomoSecret[]): boolean {
  const received = String(values['signature'] ?? '');
  return secrets.some((secret) =>
    verifyHmacHex('sha256', secret.secretKey, signedTextOf(message, values, secret), received),
  );
}

/** A genuine IPN body, as MoMo sends it: what a simulator and tests need. */
export function signCallbackBody(values: MomoValues, secret: MomoSecret): string {
  return JSON.stringify({ ...values, signature: signMessage('callback', values, secret) });
}

function names(list: string): readonly string[] {
  return list.split(' ');
}
