import type { AttemptInquiry, AttemptOpening, AttemptOrder, AttemptQuestion, WireRequest } from '../gateway.ts';
import { jsonPost } from '../json-messages.ts';
import { asciiDescription } from '../plain-description.ts';
import { readCreateAnswer, readQueryAnswer } from './answers.ts';
import { type CreateFields, createFieldsSchema, queryFieldsSchema, refundFieldsSchema } from './messages.ts';
import type { MomoAccount, MomoSecret } from './settings.ts';
import { type MomoMessage, type MomoValues, signedTextOf, signMessage } from './signer.ts';

/** First step of an attempt: MoMo is asked for the address of its page. */
export function openAttempt(order: AttemptOrder, account: MomoAccount): AttemptOpening {
  const { apiBaseUrl, requestType, partnerName } = account.settings;
  const fields: CreateFields = {
    requestId: order.requestId,
    amount: order.amountVnd,
    orderId: order.gatewayRef,
    orderInfo: asciiDescription(order.description, 255),
    redirectUrl: order.returnUrl,
    ipnUrl: order.callbackUrl,
    requestType,
    extraData: '',
    lang: order.locale,
    // One step: without a capture of our own, code 9000 would never become money (§2.4).
    autoCapture: true,
    ...(partnerName !== undefined && { partnerName }),
  };
  const { url, body } = buildCreate(fields, account.secrets[0], apiBaseUrl);
  return {
    kind: 'request',
    request: jsonPost(url, body),
    readAnswer: (answer) => readCreateAnswer(answer, order, account),
  };
}

/** Asks what became of an attempt (§2.6). */
export function askAttempt({ gatewayRef, requestId }: AttemptQuestion, account: MomoAccount): AttemptInquiry {
  const fields = { orderId: gatewayRef, requestId };
  const { url, body } = buildQuery(fields, account.secrets[0], account.settings.apiBaseUrl);
  return { request: jsonPost(url, body), readAnswer: (answer) => readQueryAnswer(answer, gatewayRef, account) };
}

/** Asks for a payment page (§2.5). */
export function buildCreate(fields: unknown, secret: MomoSecret, apiBaseUrl: string): PostRequest {
  return signRequest('create', createFieldsSchema.parse(fields), secret, `${apiBaseUrl}/v2/gateway/api/create`);
}

/** Asks what became of a payment (§2.6). */
export function buildQuery(fields: unknown, secret: MomoSecret, apiBaseUrl: string): PostRequest {
  return signRequest('query', queryFieldsSchema.parse(fields), secret, `${apiBaseUrl}/v2/gateway/api/query`);
}

/** Asks for money to be paid back (§2.6). */
export function buildRefund(fields: unknown, secret: MomoSecret, apiBaseUrl: string): PostRequest {
  return signRequest('refund', refundFieldsSchema.parse(fields), secret, `${apiBaseUrl}/v2/gateway/api/refund`);
}

/** Asks what became of a refund, by the refund's own order id; signed like a query (developers.momo.vn v3, "Refund"). */
export function buildRefundQuery(fields: unknown, secret: MomoSecret, apiBaseUrl: string): PostRequest {
  return signRequest('query', queryFieldsSchema.parse(fields), secret, `${apiBaseUrl}/v2/gateway/api/refund/query`);
}

type PostRequest = WireRequest & Required<Pick<WireRequest, 'url' | 'body'>>;

function signRequest(message: MomoMessage, fields: MomoValues, secret: MomoSecret, url: string): PostRequest {
  const values = { lang: 'vi', ...fields, partnerCode: secret.partnerCode };
  const signature = signMessage(message, values, secret);
  const signedText = signedTextOf(message, values, secret);
  return { signedText, signature, method: 'POST', url, body: { ...values, signature } };
}
