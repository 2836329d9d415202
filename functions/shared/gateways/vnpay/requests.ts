import type { Instant } from '#schemas/ids.ts';
import { instantOfUnixMs, vietnamTimeOf } from '#shared/domain/calendar.ts';
import type { AttemptInquiry, AttemptOpening, AttemptOrder, AttemptQuestion, WireRequest } from '../gateway.ts';
import { jsonPost } from '../json-messages.ts';
import { bareDescription } from '../plain-description.ts';
import { readQueryAnswer } from './answers.ts';
import { type PayFields, payFieldsSchema, queryFieldsSchema, refundFieldsSchema } from './messages.ts';
import type { VnpayAccount, VnpaySecret } from './settings.ts';
import { type JsonMessage, signedTextOf, signForm, signJson } from './signer.ts';

const version = '2.1.0';

/** First step of an attempt: an address of VNPAY's page, complete in itself. */
export function openAttempt(order: AttemptOrder, account: VnpayAccount): AttemptOpening {
  const { orderType, expireMinutes, payUrl } = account.settings;
  const fields: PayFields = {
    amountVnd: order.amountVnd,
    vnp_TxnRef: order.gatewayRef,
    // Without special characters (§1.6).
    vnp_OrderInfo: bareDescription(order.description, 255),
    vnp_OrderType: orderType,
    vnp_ReturnUrl: order.returnUrl,
    vnp_IpAddr: order.clientIp,
    vnp_Locale: order.locale === 'vi' ? 'vn' : 'en',
    vnp_CreateDate: vietnamTimeOf(order.openedAt),
    vnp_ExpireDate: vietnamTimeOf(expiryOf(order, expireMinutes)),
  };
  return { kind: 'redirect', url: buildPaymentAddress(fields, account.secrets[0], payUrl).url };
}

function expiryOf(order: AttemptOrder, expireMinutes: number): Instant {
  const windowEnd = Date.parse(order.openedAt) + expireMinutes * 60_000;
  return instantOfUnixMs(Math.min(windowEnd, Date.parse(order.expiresAt))) ?? order.expiresAt;
}

/** Asks what became of an attempt (§1.7). */
export function askAttempt(question: AttemptQuestion, account: VnpayAccount): AttemptInquiry {
  const { apiUrl, serverIp } = account.settings;
  const fields = {
    vnp_RequestId: question.requestId,
    vnp_TxnRef: question.gatewayRef,
    vnp_OrderInfo: `Truy van ${question.gatewayRef}`,
    vnp_TransactionDate: vietnamTimeOf(question.openedAt),
    vnp_CreateDate: vietnamTimeOf(question.askedAt),
    vnp_IpAddr: serverIp,
  };
  const { body } = buildQuery(fields, account.secrets[0], apiUrl);
  return {
    request: jsonPost(apiUrl, body),
    readAnswer: (answer) => readQueryAnswer(answer, question.gatewayRef, account),
  };
}

/** The payment address (§1.6): the hash comes last, over the very string that the address carries. */
export function buildPaymentAddress(
  fields: unknown,
  secret: VnpaySecret,
  payUrl: string,
): WireRequest & { readonly url: string } {
  const { amountVnd, ...others } = payFieldsSchema.parse(fields);
  const values = {
    ...others,
    vnp_Version: version,
    vnp_Command: 'pay',
    vnp_TmnCode: secret.tmnCode,
    vnp_CurrCode: 'VND',
    vnp_Amount: String(amountVnd * 100),
  };
  const { signedText, signature, query } = signForm(values, secret.hashSecret);
  return { signedText, signature, method: 'GET', url: `${payUrl}?${query}` };
}

/** Asks what became of a payment (§1.7). */
export function buildQuery(fields: unknown, secret: VnpaySecret, apiUrl: string): WireRequest {
  return signApiRequest('queryRequest', { ...queryFieldsSchema.parse(fields), vnp_Command: 'querydr' }, secret, apiUrl);
}

/** Asks for money to be paid back (§1.8). */
export function buildRefund(fields: unknown, secret: VnpaySecret, apiUrl: string): WireRequest {
  return signApiRequest(
    'refundRequest',
    { ...refundFieldsSchema.parse(fields), vnp_Command: 'refund' },
    secret,
    apiUrl,
  );
}

function signApiRequest(
  message: JsonMessage,
  fields: Readonly<Record<string, string | number>>,
  secret: VnpaySecret,
  apiUrl: string,
): WireRequest {
  const values = { ...fields, vnp_Version: version, vnp_TmnCode: secret.tmnCode };
  const signature = signJson(message, values, secret.hashSecret);
  return {
    signedText: signedTextOf(message, values),
    signature,
    method: 'POST',
    url: apiUrl,
    body: { ...values, vnp_SecureHash: signature },
  };
}
