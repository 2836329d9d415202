import type { RefundProgress, RefundReading } from '../answer-readings.ts';
import type { HttpAnswer } from '../http-messages.ts';
import type { RefundOrder } from '../refund-port.ts';
import { readPartnerAnswer, whyOf } from './answers.ts';
import { subjectOfQueryAnswer, verdictOfRefund } from './codes.ts';
import { apiAnswerSchema, refundQueryAnswerSchema } from './messages.ts';
import type { MomoAccount } from './settings.ts';

type AskedRefund = Pick<RefundOrder, 'refundRef' | 'amountVnd'>;

// MoMo signs neither answer: they come over our own TLS connection, and must repeat what was asked.

/** Reads the answer to a refund (§2.6), which names the refund by its own order id. */
export function readRefundAnswer(answer: HttpAnswer, refund: AskedRefund, account: MomoAccount): RefundReading {
  const parsed = readPartnerAnswer(answer, apiAnswerSchema, account);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { resultCode, orderId, transId, amount } = parsed.fields;
  if (isOther(orderId, refund)) return { kind: 'unknown', why: 'the answer speaks of another order' };
  switch (verdictOfRefund(resultCode)) {
    case 'done':
      if (orderId === '' || amount !== String(refund.amountVnd)) {
        return { kind: 'unknown', why: 'the answer speaks of no order, or of another amount' };
      }
      return { kind: 'accepted', resultCode, transactionId: /^0*$/.test(transId) ? null : transId };
    case 'processing':
      return orderId === ''
        ? { kind: 'unknown', why: whyOf(resultCode) }
        : { kind: 'accepted', resultCode, transactionId: null };
    case 'ended':
    case 'refused':
      return { kind: 'refused', resultCode, why: whyOf(resultCode) };
    case 'unsure':
      return { kind: 'unknown', why: whyOf(resultCode) };
  }
}

/**
 * Reads the answer to a refund's query. What it lists under the refund's order id decides; its own code speaks of the
 * refund only where nothing is listed, and then a success says nothing.
 */
export function readRefundQueryAnswer(answer: HttpAnswer, refund: AskedRefund, account: MomoAccount): RefundProgress {
  const parsed = readPartnerAnswer(answer, refundQueryAnswerSchema, account);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { resultCode, orderId, refundTrans } = parsed.fields;
  if (isOther(orderId, refund)) return { kind: 'unknown', why: 'the answer speaks of another order' };
  const [listed, ...more] = refundTrans.filter((other) => other.orderId === refund.refundRef);
  if (more.length > 0) return { kind: 'unknown', why: 'MoMo lists the refund more than once' };
  if (listed === undefined) return readUnlisted(resultCode, orderId);
  if (listed.amount !== String(refund.amountVnd)) {
    return { kind: 'unknown', why: 'MoMo lists the refund with another amount' };
  }
  return progressOf(listed.resultCode);
}

function readUnlisted(resultCode: string, orderId: string): RefundProgress {
  if (subjectOfQueryAnswer(resultCode) === 'not-found') return { kind: 'not-found', resultCode };
  if (resultCode === '0' || orderId === '') {
    return { kind: 'unknown', why: `${whyOf(resultCode)}, without a word of the refund` };
  }
  return progressOf(resultCode);
}

function progressOf(resultCode: string): RefundProgress {
  switch (verdictOfRefund(resultCode)) {
    case 'done':
      return { kind: 'refunded', resultCode };
    case 'processing':
      return { kind: 'pending', resultCode };
    case 'ended':
      return { kind: 'failed', resultCode };
    case 'refused':
    case 'unsure':
      return { kind: 'unknown', why: whyOf(resultCode) };
  }
}

/** Some refusals name no order, but none may name another one. */
function isOther(orderId: string, { refundRef }: AskedRefund): boolean {
  return orderId !== '' && orderId !== refundRef;
}
