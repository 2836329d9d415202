import type { AttemptInquiry, AttemptOpening, AttemptOrder, AttemptQuestion, WireRequest } from '../gateway.ts';
import type { GatewayRequest } from '../http-messages.ts';
import { jsonPost } from '../json-messages.ts';
import { readCreateAnswer, readQueryAnswer } from './answers.ts';
import { type CreateFields, createFieldsSchema } from './messages.ts';
import type { PayosAccount, PayosSecret, SigningSecret } from './settings.ts';
import { signedTextOf, signValues } from './signer.ts';

/** First step of an attempt: payOS is asked for a payment link. */
export function openAttempt(order: AttemptOrder, account: PayosAccount): AttemptOpening {
  const { apiBaseUrl, descriptionLength } = account.settings;
  const [secret] = account.secrets;
  const fields: CreateFields = {
    // Exact as a number: our references stay below 2^53.
    orderCode: Number(order.gatewayRef),
    amount: order.amountVnd,
    // A dossier's code does not fit; the end of our reference does, and can be found on a bank statement.
    description: order.gatewayRef.slice(-descriptionLength),
    cancelUrl: order.returnUrl,
    returnUrl: order.returnUrl,
    expiredAt: Math.floor(Date.parse(order.expiresAt) / 1000),
  };
  const { url, body } = buildCreate(fields, secret, apiBaseUrl);
  const request = jsonPost(url, body);
  return {
    kind: 'request',
    request: { ...request, headers: { ...request.headers, ...credentialsOf(secret) } },
    readAnswer: (answer) => readCreateAnswer(answer, order, account),
  };
}

/** Asks what became of an attempt. */
export function askAttempt({ gatewayRef }: AttemptQuestion, account: PayosAccount): AttemptInquiry {
  return {
    request: buildQuery(gatewayRef, account.secrets[0], account.settings.apiBaseUrl),
    readAnswer: (answer) => readQueryAnswer(answer, gatewayRef, account),
  };
}

const signedNames = ['amount', 'cancelUrl', 'description', 'orderCode', 'returnUrl'] as const;

/** Asks for a payment link (§5.1). */
export function buildCreate(
  fields: unknown,
  secret: SigningSecret,
  apiBaseUrl: string,
): WireRequest & Required<Pick<WireRequest, 'url' | 'body'>> {
  const values = createFieldsSchema.parse(fields);
  const signed = Object.fromEntries(signedNames.map((name) => [name, String(values[name])]));
  const signature = signValues(signed, secret);
  return {
    signedText: signedTextOf(signed),
    signature,
    method: 'POST',
    url: `${apiBaseUrl}/v2/payment-requests`,
    body: { ...values, signature },
  };
}

/** Asks what became of a payment link; the API key alone vouches for the question. */
export function buildQuery(orderRef: string, secret: PayosSecret, apiBaseUrl: string): GatewayRequest {
  return {
    method: 'GET',
    url: `${apiBaseUrl}/v2/payment-requests/${encodeURIComponent(orderRef)}`,
    headers: credentialsOf(secret),
    body: '',
  };
}

function credentialsOf({ clientId, apiKey }: PayosSecret): Readonly<Record<string, string>> {
  return { 'x-client-id': clientId, 'x-api-key': apiKey };
}
