import type { QueryReading } from '../answer-readings.ts';
import type { AttemptOrder, OpeningAnswer } from '../gateway.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { readJsonAnswer } from '../json-answers.ts';
import { faultsOf } from '../message-faults.ts';
import { openPage } from '../payment-page.ts';
import { failureOf, resultCodeOf, subjectOfQueryAnswer, verdictOfRequest } from './codes.ts';
import { type ApiAnswer, apiAnswerSchema, queriedPaymentSchema } from './messages.ts';
import type { ZalopayAccount } from './settings.ts';

// ZaloPay signs none of these answers: they come over our own TLS connection.

/** Reads the answer to create (§3.3). Only ZaloPay's own code says no; anything doubtful leaves the attempt open. */
export function readCreateAnswer(answer: HttpAnswer): OpeningAnswer {
  const parsed = parseAnswer(answer);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  switch (verdictOfRequest(parsed.fields)) {
    case 'done':
      return openPage(parsed.fields.order_url);
    case 'refused':
      return { kind: 'refused', resultCode: resultCodeOf(parsed.fields), why: whyOf(parsed.fields) };
    case 'processing':
    case 'unsure':
      return { kind: 'unknown', why: whyOf(parsed.fields) };
  }
}

/**
 * Reads the answer to a query (§3.4).
 * @param order what was asked about: the answer names neither the order nor, unless it is paid, its amount
 */
export function readQueryAnswer(
  answer: HttpAnswer,
  order: Pick<AttemptOrder, 'gatewayRef' | 'amountVnd'>,
  account: ZalopayAccount,
): QueryReading {
  const parsed = parseAnswer(answer);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { fields } = parsed;
  const resultCode = resultCodeOf(fields);
  const subject = subjectOfQueryAnswer(fields);
  if (subject === 'not-found') return { kind: 'not-found', resultCode };
  if (subject === 'question') return { kind: 'unknown', why: whyOf(fields) };
  const facts = { gateway: 'zalopay', merchant: account.merchant, orderRef: order.gatewayRef, resultCode };
  if (subject !== 'paid') {
    const result = fields.is_processing ? 'pending' : subject;
    return {
      kind: 'notice',
      notice: { ...facts, transactionId: null, amountVnd: order.amountVnd, result, paidAt: null },
    };
  }
  const payment = queriedPaymentSchema.safeParse(fields);
  if (!payment.success) return { kind: 'unknown', why: `${whyOf(fields)}: ${faultsOf(payment.error)}` };
  const { zp_trans_id: transactionId, amount: amountVnd, server_time: paidAt } = payment.data;
  return { kind: 'notice', notice: { ...facts, transactionId, amountVnd, result: 'paid', paidAt } };
}

export function parseAnswer(answer: HttpAnswer) {
  return readJsonAnswer('ZaloPay', answer, apiAnswerSchema);
}

export function whyOf(fields: ApiAnswer): string {
  const meaning = fields.return_code === '3' ? 'processing' : failureOf(fields)?.meaning;
  return `ZaloPay answered with code ${resultCodeOf(fields)}: ${meaning ?? 'unknown'}`;
}
