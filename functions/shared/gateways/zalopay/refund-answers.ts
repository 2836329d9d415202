import type { RefundProgress, RefundReading } from '../answer-readings.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { parseAnswer, whyOf } from './answers.ts';
import { progressOfRefund, resultCodeOf, verdictOfRefund } from './codes.ts';

/** Reads the answer to a refund (§3.4): even 1 is followed up by a refund query. */
export function readRefundAnswer(answer: HttpAnswer): RefundReading {
  const parsed = parseAnswer(answer);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const resultCode = resultCodeOf(parsed.fields);
  switch (verdictOfRefund(parsed.fields)) {
    case 'done':
    case 'processing':
      return { kind: 'accepted', resultCode, transactionId: parsed.fields.refund_id || null };
    case 'refused':
      return { kind: 'refused', resultCode, why: whyOf(parsed.fields) };
    case 'unsure':
      return { kind: 'unknown', why: whyOf(parsed.fields) };
  }
}

/** Reads the answer to a refund's query (§3.4). */
export function readRefundQueryAnswer(answer: HttpAnswer): RefundProgress {
  const parsed = parseAnswer(answer);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const kind = progressOfRefund(parsed.fields);
  return kind === 'question'
    ? { kind: 'unknown', why: whyOf(parsed.fields) }
    : { kind, resultCode: resultCodeOf(parsed.fields) };
}
