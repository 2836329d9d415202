import type { QueryReading } from '../answer-readings.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { noticeOf } from './callback.ts';
import { callbackSchema, queryAnswerSchema } from './messages.ts';
import type { OnepayAccount } from './settings.ts';
import { readSignedForm } from './signer.ts';

/** Reads the answer to queryDR (§5.5): form data with the IPN's fields, signed like it. */
export function readQueryAnswer(answer: HttpAnswer, orderRef: string, account: OnepayAccount): QueryReading {
  const hashSecrets = account.secrets.map(({ hashSecret }) => hashSecret);
  const form = readSignedForm(answer.body.trim(), hashSecrets);
  if (!form.ok) return { kind: 'unknown', why: `OnePay answered HTTP ${answer.status}: ${form.why}` };
  const finding = queryAnswerSchema.safeParse(form.fields);
  if (!finding.success) return { kind: 'unknown', why: faultsOf(finding.error) };
  // Where there is no payment, OnePay may leave out whose payment there is not.
  const { vpc_DRExists: exists, vpc_MerchTxnRef: answered = exists === 'N' ? orderRef : '' } = finding.data;
  if (answered !== orderRef) return { kind: 'unknown', why: 'the answer speaks of another order' };
  return exists === 'N' ? { kind: 'not-found', resultCode: 'N' } : readPayment(form.fields, account);
}

function readPayment(fields: Readonly<Record<string, string>>, account: OnepayAccount): QueryReading {
  const payment = callbackSchema.safeParse(fields);
  if (!payment.success) return { kind: 'unknown', why: faultsOf(payment.error) };
  if (account.secrets.every(({ merchantId }) => merchantId !== payment.data.vpc_Merchant)) {
    return { kind: 'unknown', why: 'the answer speaks of another merchant' };
  }
  return { kind: 'notice', notice: noticeOf(payment.data, account) };
}
