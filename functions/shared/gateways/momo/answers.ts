import type * as z from 'zod/mini';
import type { QueryReading } from '../answer-readings.ts';
import type { AttemptOrder, OpeningAnswer } from '../gateway.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { type AnswerFields, readJsonAnswer } from '../json-answers.ts';
import { faultsOf } from '../message-faults.ts';
import { openPage } from '../payment-page.ts';
import { resultCodes, resultOfPayment, subjectOfQueryAnswer, verdictOfRequest } from './codes.ts';
import { type ApiAnswer, apiAnswerSchema, paymentSchema } from './messages.ts';
import type { MomoAccount } from './settings.ts';
import { verifyMessage } from './signer.ts';

/** Reads the answer to create (§2.5). Only MoMo's own code says no; anything doubtful leaves the attempt open. */
export function readCreateAnswer(
  answer: HttpAnswer,
  order: Pick<AttemptOrder, 'gatewayRef' | 'amountVnd'>,
  account: MomoAccount,
): OpeningAnswer {
  const parsed = parseAnswer(answer, account);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { fields } = parsed;
  const verdict = verdictOfRequest(fields.resultCode);
  if (verdict === 'refused') return { kind: 'refused', resultCode: fields.resultCode, why: whyOf(fields.resultCode) };
  if (verdict !== 'done') return { kind: 'unknown', why: whyOf(fields.resultCode) };
  if (fields.orderId !== order.gatewayRef || fields.amount !== String(order.amountVnd)) {
    return { kind: 'unknown', why: 'the answer speaks of another order or amount' };
  }
  const opening = openPage(fields.payUrl);
  return opening.kind === 'redirect' ? { ...opening, ...alertOf(fields, account) } : opening;
}

/** MoMo signs this answer in two documented ways, or not at all: a mismatch is for people to hear, no refusal. */
function alertOf(fields: ApiAnswer, account: MomoAccount): { alert?: string } {
  const fits =
    fields.signature === '' ||
    verifyMessage('createAnswer', fields, account.secrets) ||
    verifyMessage('createAnswerWithMessage', fields, account.secrets);
  return fits ? {} : { alert: "the signature of MoMo's answer to create does not fit" };
}

/** Reads the answer to a query (§2.6), which MoMo does not sign: it comes over our own TLS connection. */
export function readQueryAnswer(answer: HttpAnswer, orderRef: string, account: MomoAccount): QueryReading {
  const parsed = parseAnswer(answer, account);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { resultCode } = parsed.fields;
  const subject = subjectOfQueryAnswer(resultCode);
  if (subject === 'not-found') return { kind: 'not-found', resultCode };
  if (subject === 'question') return { kind: 'unknown', why: whyOf(resultCode) };
  const payment = paymentSchema.safeParse(parsed.fields);
  if (!payment.success) return { kind: 'unknown', why: `${whyOf(resultCode)}: ${faultsOf(payment.error)}` };
  const { orderId, transId, amount } = payment.data;
  if (orderId !== orderRef) return { kind: 'unknown', why: 'the answer speaks of another order' };
  return {
    kind: 'notice',
    notice: {
      gateway: 'momo',
      merchant: account.merchant,
      orderRef: orderId,
      transactionId: transId,
      amountVnd: amount,
      result: resultOfPayment(resultCode),
      resultCode,
      // Here responseTime is when MoMo answered us, not when the payer paid.
      paidAt: null,
    },
  };
}

function parseAnswer(answer: HttpAnswer, account: MomoAccount): AnswerFields<ApiAnswer> {
  return readPartnerAnswer(answer, apiAnswerSchema, account);
}

/** An answer counts when it is one to us; MoMo signs none but that to create. */
export function readPartnerAnswer<Fields extends Pick<ApiAnswer, 'partnerCode'>>(
  answer: HttpAnswer,
  schema: z.ZodMiniType<Fields>,
  account: MomoAccount,
): AnswerFields<Fields> {
  const parsed = readJsonAnswer('MoMo', answer, schema);
  if (!parsed.ok) return parsed;
  const { partnerCode } = parsed.fields;
  // Some refusals carry no partner code, but none may carry another one.
  if (partnerCode !== '' && account.secrets.every((secret) => secret.partnerCode !== partnerCode)) {
    return { ok: false, why: 'the answer speaks of another partner' };
  }
  return parsed;
}

export function whyOf(resultCode: string): string {
  return `MoMo answered with code ${resultCode}: ${resultCodes.get(resultCode)?.meaning ?? 'unknown'}`;
}
