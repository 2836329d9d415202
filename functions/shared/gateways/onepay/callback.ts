import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { acknowledgementOf } from '../acknowledgement.ts';
import { claimOf } from '../claimed-ref.ts';
import { readFormValues } from '../form-fields.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { utf8Text } from '../utf8-text.ts';
import { callbackAnswers, resultOfPayment } from './codes.ts';
import { callbackSchema, type OnepayPayment, readableFactsSchema } from './messages.ts';
import type { OnepayAccount } from './settings.ts';
import { readSignedForm } from './signer.ts';

/** Reads an IPN or a return address: authentic first, then readable, then ours (§0 rule 1). */
export function readCallback(request: CallbackRequest, account: OnepayAccount): CallbackReading {
  const text = formTextOf(request);
  if (text === undefined) return { kind: 'bad-signature', why: 'the body is not UTF-8' };
  const hashSecrets = account.secrets.map(({ hashSecret }) => hashSecret);
  const form = readSignedForm(text, hashSecrets);
  if (form.ok) return readSignedFields(form.fields, account);
  const claimed = readFormValues(text);
  return {
    kind: 'bad-signature',
    why: form.why,
    ...claimOf(claimed.ok ? claimed.value['vpc_MerchTxnRef'] : undefined),
  };
}

/** The IPN comes by GET, or by POST with the same fields in a form. */
function formTextOf({ rawQuery, body }: CallbackRequest): string | undefined {
  return body.byteLength === 0 ? rawQuery : utf8Text(body);
}

function readSignedFields(fields: Readonly<Record<string, string>>, account: OnepayAccount): CallbackReading {
  const payment = callbackSchema.safeParse(fields);
  if (!payment.success) {
    const facts = readableFactsSchema.parse(fields);
    return {
      kind: 'malformed',
      orderRef: facts.vpc_MerchTxnRef,
      transactionId: facts.vpc_TransactionNo,
      paidAt: resultOfPayment(facts.vpc_TxnResponseCode) === 'paid' ? facts.vpc_PaymentTime : null,
      why: faultsOf(payment.error),
    };
  }
  const { vpc_Merchant: merchantId } = payment.data;
  return {
    kind: 'notice',
    notice: noticeOf(payment.data, account),
    ...(account.secrets.every((secret) => secret.merchantId !== merchantId) && { foreignAccount: merchantId }),
  };
}

/** An IPN's fields in our own words; the answer to a query has the same ones. */
export function noticeOf(payment: OnepayPayment, { merchant }: Pick<OnepayAccount, 'merchant'>): PaymentNotice {
  const result = resultOfPayment(payment.vpc_TxnResponseCode);
  return {
    gateway: 'onepay',
    merchant,
    orderRef: payment.vpc_MerchTxnRef,
    transactionId: payment.vpc_TransactionNo,
    amountVnd: payment.vpc_Amount,
    result,
    resultCode: payment.vpc_TxnResponseCode,
    paidAt: result === 'paid' ? payment.vpc_PaymentTime : null,
  };
}

/** Always HTTP 200 with this text (§5.5). */
export function answerCallback(outcome: CallbackOutcome): HttpAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: callbackAnswers[acknowledgementOf(outcome)],
  };
}
