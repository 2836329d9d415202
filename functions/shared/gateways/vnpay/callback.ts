import { claimOf } from '../claimed-ref.ts';
import { readForm } from '../form-fields.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { callbackAnswers, resultOfPayment } from './codes.ts';
import { callbackSchema, readableFactsSchema } from './messages.ts';
import type { VnpayAccount } from './settings.ts';
import { signedFieldsOf, verifyForm } from './signer.ts';

/** Reads an IPN or a return address: authentic first, then readable, then ours (§0 rule 1). */
export function readCallback(request: Pick<CallbackRequest, 'rawQuery'>, account: VnpayAccount): CallbackReading {
  const form = readForm(request.rawQuery);
  if (!form.ok) return { kind: 'bad-signature', why: form.why };
  const hashSecrets = account.secrets.map(({ hashSecret }) => hashSecret);
  if (!verifyForm(form.fields, hashSecrets)) {
    return {
      kind: 'bad-signature',
      why: 'vnp_SecureHash is missing or wrong: forged, or signed with another hash secret',
      ...claimOf(form.fields.find(({ name }) => name === 'vnp_TxnRef')?.value),
    };
  }
  // Only what the signature covers is read: anybody can append empty or foreign fields.
  const fields = Object.fromEntries(signedFieldsOf(form.fields).map(({ name, value }) => [name, value]));
  return readSignedFields(fields, account);
}

function readSignedFields(fields: Readonly<Record<string, string>>, account: VnpayAccount): CallbackReading {
  const message = callbackSchema.safeParse(fields);
  if (!message.success) return { kind: 'malformed', ...readableFacts(fields), why: faultsOf(message.error) };
  const { vnp_TmnCode: tmnCode, vnp_ResponseCode: responseCode, vnp_TransactionStatus: status } = message.data;
  const result = resultOfPayment(responseCode, status);
  return {
    kind: 'notice',
    notice: {
      gateway: 'vnpay',
      merchant: account.merchant,
      orderRef: message.data.vnp_TxnRef,
      transactionId: message.data.vnp_TransactionNo,
      amountVnd: message.data.vnp_Amount,
      result,
      resultCode: responseCode === status ? status : `${responseCode}/${status}`,
      paidAt: result === 'paid' || result === 'review' ? message.data.vnp_PayDate : null,
      ...(message.data.vnp_BankCode !== undefined && { bankCode: message.data.vnp_BankCode }),
    },
    ...(account.secrets.every((secret) => secret.tmnCode !== tmnCode) && { foreignAccount: tmnCode }),
  };
}

function readableFacts(fields: Readonly<Record<string, string>>) {
  const facts = readableFactsSchema.parse(fields);
  const result = resultOfPayment(facts.vnp_ResponseCode, facts.vnp_TransactionStatus);
  const tookMoney = (result === 'paid' || result === 'review') && isFigure(facts.vnp_Amount);
  return {
    orderRef: facts.vnp_TxnRef,
    transactionId: facts.vnp_TransactionNo,
    paidAt: tookMoney ? facts.vnp_PayDate : null,
  };
}

/** Without so much as a figure in it the message does not say that money was taken, so it has no time of payment. */
function isFigure(amount: string): boolean {
  return /^\d+$/.test(amount);
}

/** Always HTTP 200 with this JSON, even for a bad signature (§1.3). */
export function answerCallback(outcome: CallbackOutcome): HttpAnswer {
  return jsonAnswer(200, callbackAnswers[outcome]);
}
