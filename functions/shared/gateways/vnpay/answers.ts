import type { QueryReading } from '../answer-readings.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { type AnswerFields, readJsonAnswer } from '../json-answers.ts';
import { faultsOf } from '../message-faults.ts';
import { paymentType, queryCodes, resultOfStatus } from './codes.ts';
import { type ApiAnswer, apiAnswerSchema, queriedPaymentSchema } from './messages.ts';
import type { VnpayAccount } from './settings.ts';
import { verifyJson } from './signer.ts';

/** Reads the answer to querydr (§1.7). Its ResponseCode is the query's own; the payment's is TransactionStatus. */
export function readQueryAnswer(answer: HttpAnswer, orderRef: string, account: VnpayAccount): QueryReading {
  const authentic = authenticateAnswer('queryAnswer', answer, orderRef, account);
  if (!authentic.ok) return { kind: 'unknown', why: authentic.why };
  const { vnp_ResponseCode: resultCode, vnp_TransactionType: transactionType } = authentic.fields;
  const verdict = queryCodes.get(resultCode) ?? 'unsure';
  if (verdict === 'not-found') return { kind: 'not-found', resultCode };
  if (verdict !== 'done') return { kind: 'unknown', why: `VNPAY answered the query with code ${resultCode}` };
  // Refunded money was paid once, but by this answer nobody knows how much and when: never a failure, nor a payment.
  if (transactionType !== paymentType) {
    return { kind: 'unknown', why: 'the answer speaks of a refund, not of the payment' };
  }
  return readPayment(authentic.fields, account);
}

function readPayment(fields: ApiAnswer, account: VnpayAccount): QueryReading {
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  const payment = queriedPaymentSchema.safeParse(present);
  if (!payment.success) return { kind: 'unknown', why: faultsOf(payment.error) };
  const { vnp_TransactionStatus: status } = payment.data;
  const result = resultOfStatus(status);
  return {
    kind: 'notice',
    notice: {
      gateway: 'vnpay',
      merchant: account.merchant,
      orderRef: payment.data.vnp_TxnRef,
      transactionId: payment.data.vnp_TransactionNo,
      amountVnd: payment.data.vnp_Amount,
      result,
      resultCode: status,
      paidAt: result === 'paid' || result === 'review' ? payment.data.vnp_PayDate : null,
      ...(payment.data.vnp_BankCode !== undefined && { bankCode: payment.data.vnp_BankCode }),
    },
  };
}

/** An answer counts when its signature is right over the raw values and it speaks of our order (§1.8). */
export function authenticateAnswer(
  message: 'queryAnswer' | 'refundAnswer',
  answer: HttpAnswer,
  orderRef: string,
  account: VnpayAccount,
): AnswerFields<ApiAnswer> {
  const parsed = readJsonAnswer('VNPAY', answer, apiAnswerSchema);
  if (!parsed.ok) return parsed;
  const { fields } = parsed;
  const hashSecrets = account.secrets.map(({ hashSecret }) => hashSecret);
  if (!verifyJson(message, fields, hashSecrets)) return { ok: false, why: 'vnp_SecureHash is missing or wrong' };
  if (fields.vnp_TxnRef !== orderRef) return { ok: false, why: 'the answer speaks of another order' };
  if (account.secrets.every(({ tmnCode }) => tmnCode !== fields.vnp_TmnCode)) {
    return { ok: false, why: 'the answer speaks of another terminal' };
  }
  return parsed;
}
