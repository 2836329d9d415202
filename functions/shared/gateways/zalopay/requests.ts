import type { AttemptInquiry, AttemptOpening, AttemptOrder, AttemptQuestion, WireRequest } from '../gateway.ts';
import { jsonPost } from '../json-messages.ts';
import { asciiDescription } from '../plain-description.ts';
import { readCreateAnswer, readQueryAnswer } from './answers.ts';
import {
  type CreateFields,
  createFieldsSchema,
  queryFieldsSchema,
  refundFieldsSchema,
  refundQueryFieldsSchema,
} from './messages.ts';
import type { RequestSecret, ZalopayAccount } from './settings.ts';
import { signedTextOf, signMessage, type ZalopayMessage, type ZalopayValues } from './signer.ts';

/** First step of an attempt: ZaloPay is asked for the address of its page. */
export function openAttempt(order: AttemptOrder, account: ZalopayAccount): AttemptOpening {
  const { apiBaseUrl, appUser, bankCode } = account.settings;
  const fields: CreateFields = {
    app_trans_id: order.gatewayRef,
    app_user: appUser,
    app_time: Date.parse(order.openedAt),
    amount: order.amountVnd,
    embed_data: JSON.stringify({ redirecturl: order.returnUrl }),
    item: '[]',
    description: asciiDescription(order.description, 256),
    callback_url: order.callbackUrl,
    expire_duration_seconds: durationOf(order),
    ...(bankCode !== undefined && { bank_code: bankCode }),
  };
  const { url, body } = buildCreate(fields, account.secrets[0], apiBaseUrl);
  return { kind: 'request', request: jsonPost(url, body), readAnswer: readCreateAnswer };
}

/** ZaloPay keeps an order open for 5 minutes at least and 30 days at most (§3.3). */
function durationOf({ openedAt, expiresAt }: AttemptOrder): number {
  const seconds = Math.floor((Date.parse(expiresAt) - Date.parse(openedAt)) / 1000);
  return Math.min(Math.max(seconds, 300), 2_592_000);
}

/** Asks what became of an attempt (§3.4). */
export function askAttempt(question: AttemptQuestion, account: ZalopayAccount): AttemptInquiry {
  const fields = { app_trans_id: question.gatewayRef };
  const { url, body } = buildQuery(fields, account.secrets[0], account.settings.apiBaseUrl);
  return { request: jsonPost(url, body), readAnswer: (answer) => readQueryAnswer(answer, question, account) };
}

/** Asks for a payment page (§3.3). */
export function buildCreate(fields: unknown, secret: RequestSecret, apiBaseUrl: string): PostRequest {
  return signRequest('create', createFieldsSchema.parse(fields), secret, `${apiBaseUrl}/v2/create`);
}

/** Asks what became of a payment (§3.4). */
export function buildQuery(fields: unknown, secret: RequestSecret, apiBaseUrl: string): PostRequest {
  return signRequest('query', queryFieldsSchema.parse(fields), secret, `${apiBaseUrl}/v2/query`);
}

/** Asks for money to be paid back (§3.4); what became of it is the refund query's to say. */
export function buildRefund(fields: unknown, secret: RequestSecret, apiBaseUrl: string): PostRequest {
  const refund = refundFieldsSchema.parse(fields);
  const message = refund.refund_fee_amount === undefined ? 'refund' : 'refundWithFee';
  return signRequest(message, refund, secret, `${apiBaseUrl}/v2/refund`);
}

/** Asks what became of a refund (§3.4). */
export function buildRefundQuery(fields: unknown, secret: RequestSecret, apiBaseUrl: string): PostRequest {
  return signRequest('queryRefund', refundQueryFieldsSchema.parse(fields), secret, `${apiBaseUrl}/v2/query_refund`);
}

type PostRequest = WireRequest & Required<Pick<WireRequest, 'url' | 'body'>>;

function signRequest(
  message: ZalopayMessage,
  fields: ZalopayValues,
  { appId, key1 }: RequestSecret,
  url: string,
): PostRequest {
  const values = { ...fields, app_id: Number(appId) };
  const mac = signMessage(message, values, key1);
  // The text of a query holds the key: where the text is shown, as here, a mask stands for it.
  return {
    signedText: signedTextOf(message, values, '<key1>'),
    signature: mac,
    method: 'POST',
    url,
    body: { ...values, mac },
  };
}
