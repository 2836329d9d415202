import type { Instant } from '#schemas/ids.ts';
import { hmacHex, verifyHmacHex } from '../hex-signature.ts';
import type { CallbackRequest } from '../http-messages.ts';
import { isShownKey } from '../shown-key.ts';
import type { SepaySecret } from './settings.ts';

/** A webhook is believed for five minutes before and after the time that SePay signed (§5.2). */
const windowMs = 300_000;

export type Authenticity = 'authentic' | 'expired' | 'unproved';

/** Whether a webhook comes from SePay, by any live secret in its own mode; nothing of the body is read for it. */
export function authenticate(request: CallbackRequest, now: Instant, secrets: readonly SepaySecret[]): Authenticity {
  const proof = secrets.find((secret) =>
    secret.mode === 'hmac' ? isSigned(request, secret.webhookSecret) : showsKey(request, secret.apiKey),
  );
  if (proof === undefined) return 'unproved';
  return proof.mode === 'hmac' && !isTimely(request, now) ? 'expired' : 'authentic';
}

/** HMAC over the time and the raw bytes of the body: the same JSON in other bytes is another message. */
function isSigned({ headers, body }: CallbackRequest, webhookSecret: string): boolean {
  const timestamp = headers['x-sepay-timestamp'] ?? '';
  const [, received] = /^sha256=(.*)$/.exec(headers['x-sepay-signature'] ?? '') ?? [];
  if (received === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  return verifyHmacHex('sha256', webhookSecret, signedBytesOf(timestamp, body), received);
}

/** The scheme word is SePay's own: a `Bearer` token is none of these keys. */
function showsKey({ headers }: CallbackRequest, apiKey: string): boolean {
  const [, shown] = /^apikey +(.+)$/i.exec(headers['authorization'] ?? '') ?? [];
  return isShownKey(shown, [apiKey]);
}

function isTimely({ headers }: CallbackRequest, now: Instant): boolean {
  const signedAt = Number(headers['x-sepay-timestamp']) * 1000;
  return Math.abs(Date.parse(now) - signedAt) <= windowMs;
}

/** Headers of a genuine webhook with this body, as SePay sends them: what a simulator and tests need. */
export function proveWebhook(body: Uint8Array, at: Instant, secret: SepaySecret): Readonly<Record<string, string>> {
  if (secret.mode === 'apikey') return { authorization: `Apikey ${secret.apiKey}` };
  const timestamp = String(Math.floor(Date.parse(at) / 1000));
  const signature = hmacHex('sha256', secret.webhookSecret, signedBytesOf(timestamp, body));
  return { 'x-sepay-timestamp': timestamp, 'x-sepay-signature': `sha256=${signature}` };
}

function signedBytesOf(timestamp: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${timestamp}.`), body]);
}
