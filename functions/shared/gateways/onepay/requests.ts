import type { AttemptInquiry, AttemptOpening, AttemptOrder, AttemptQuestion, WireRequest } from '../gateway.ts';
import { bareDescription } from '../plain-description.ts';
import { readQueryAnswer } from './answers.ts';
import { type PayFields, payFieldsSchema, queryFieldsSchema } from './messages.ts';
import type { OnepayAccount, OnepaySecret } from './settings.ts';
import { signForm } from './signer.ts';

const version = '2';

/** First step of an attempt: an address of OnePay's page, complete in itself. */
export function openAttempt(order: AttemptOrder, account: OnepayAccount): AttemptOpening {
  const { payUrl, title } = account.settings;
  const fields: PayFields = {
    amountVnd: order.amountVnd,
    vpc_MerchTxnRef: order.gatewayRef,
    vpc_OrderInfo: bareDescription(order.description, 34),
    vpc_ReturnURL: order.returnUrl,
    vpc_CallbackURL: order.callbackUrl,
    vpc_TicketNo: order.clientIp,
    vpc_Locale: order.locale === 'vi' ? 'vn' : 'en',
    // Neither is signed.
    Title: title,
    AgainLink: order.returnUrl,
  };
  return { kind: 'redirect', url: buildPaymentAddress(fields, account.secrets[0], payUrl).url };
}

/** Asks what became of an attempt (§5.5). */
export function askAttempt({ gatewayRef }: AttemptQuestion, account: OnepayAccount): AttemptInquiry {
  const { queryUrl } = account.settings;
  const { body } = buildQuery({ vpc_MerchTxnRef: gatewayRef }, account.secrets[0], queryUrl);
  return {
    request: {
      method: 'POST',
      url: queryUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(body).toString(),
    },
    readAnswer: (answer) => readQueryAnswer(answer, gatewayRef, account),
  };
}

/** The payment address (§5.5): the hash comes last, over the raw values. */
export function buildPaymentAddress(
  fields: unknown,
  secret: OnepaySecret,
  payUrl: string,
): WireRequest & { readonly url: string } {
  const { amountVnd, ...others } = payFieldsSchema.parse(fields);
  const values = {
    ...others,
    vpc_Version: version,
    vpc_Command: 'pay',
    vpc_Currency: 'VND',
    vpc_Merchant: secret.merchantId,
    vpc_AccessCode: secret.accessCode,
    vpc_Amount: String(amountVnd * 100),
  };
  const { signedText, signature, form } = signForm(values, secret.hashSecret);
  return { signedText, signature, method: 'GET', url: `${payUrl}?${form}` };
}

/** Asks what became of a payment (§5.5); the body is posted as a form. */
export function buildQuery(
  fields: unknown,
  secret: OnepaySecret,
  queryUrl: string,
): WireRequest & { readonly body: Readonly<Record<string, string>> } {
  const values = {
    ...queryFieldsSchema.parse(fields),
    vpc_Version: version,
    vpc_Command: 'queryDR',
    vpc_Merchant: secret.merchantId,
    vpc_AccessCode: secret.accessCode,
    vpc_User: secret.queryUser,
    vpc_Password: secret.queryPassword,
  };
  const { signedText, signature } = signForm(values, secret.hashSecret);
  return { signedText, signature, method: 'POST', url: queryUrl, body: { ...values, vpc_SecureHash: signature } };
}
