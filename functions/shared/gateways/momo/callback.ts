import { claimOf } from '../claimed-ref.ts';
import { readFormValues } from '../form-fields.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { readJsonBody } from '../json-literals.ts';
import { faultsOf } from '../message-faults.ts';
import { callbackAnswers, resultOfPayment } from './codes.ts';
import { paymentSchema, readableFactsSchema, type SignedCallback, signedCallbackSchema } from './messages.ts';
import type { MomoAccount } from './settings.ts';
import { verifyMessage } from './signer.ts';

/** Reads an IPN, or the same fields at the return address: authentic first, then readable, then ours (§0 rule 1). */
export function readCallback(request: CallbackRequest, account: MomoAccount): CallbackReading {
  // The IPN is a JSON body; the browser brings the same fields in the query of the return address.
  const values = request.method === 'GET' ? readFormValues(request.rawQuery) : readJsonBody(request.body);
  if (!values.ok) return { kind: 'bad-signature', why: values.why };
  const message = signedCallbackSchema.safeParse(values.value);
  if (!message.success) return { kind: 'bad-signature', why: faultsOf(message.error) };
  if (!verifyMessage('callback', message.data, account.secrets)) {
    return {
      kind: 'bad-signature',
      why: 'signature is missing or wrong: forged, or signed with another secret key',
      ...claimOf(message.data.orderId),
    };
  }
  return readSignedMessage(message.data, account);
}

function readSignedMessage(message: SignedCallback, account: MomoAccount): CallbackReading {
  const result = resultOfPayment(message.resultCode);
  const tookMoney = result === 'paid' || result === 'review';
  const payment = paymentSchema.safeParse(message);
  if (!payment.success) {
    const facts = readableFactsSchema.parse(message);
    return {
      kind: 'malformed',
      orderRef: facts.orderId,
      transactionId: facts.transId,
      paidAt: tookMoney ? facts.responseTime : null,
      why: faultsOf(payment.error),
    };
  }
  const { partnerCode, orderId, transId, amount, resultCode, responseTime } = payment.data;
  return {
    kind: 'notice',
    notice: {
      gateway: 'momo',
      merchant: account.merchant,
      orderRef: orderId,
      transactionId: transId,
      amountVnd: amount,
      result,
      resultCode,
      paidAt: tookMoney ? responseTime : null,
    },
    ...(account.secrets.every((secret) => secret.partnerCode !== partnerCode) && { foreignAccount: partnerCode }),
  };
}

/** The answer is a status alone, without a body (§2.3). */
export function answerCallback(outcome: CallbackOutcome): HttpAnswer {
  return { status: callbackAnswers[outcome], headers: {}, body: '' };
}
