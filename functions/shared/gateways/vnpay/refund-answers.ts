import type { RefundProgress, RefundReading } from '../answer-readings.ts';
import type { HttpAnswer } from '../http-messages.ts';
import type { RefundOrder } from '../refund-port.ts';
import { authenticateAnswer } from './answers.ts';
import { paymentType, queryCodes, refundCodes, refundStatuses, refundTypeOf } from './codes.ts';
import type { VnpayAccount } from './settings.ts';

type AskedRefund = Pick<RefundOrder, 'amountVnd' | 'paid'>;

/** Reads the answer to a refund (§1.8). Accepted is not finished: the query tells what became of it. */
export function readRefundAnswer(answer: HttpAnswer, refund: AskedRefund, account: VnpayAccount): RefundReading {
  const authentic = authenticateAnswer('refundAnswer', answer, refund.paid.gatewayRef, account);
  if (!authentic.ok) return { kind: 'unknown', why: authentic.why };
  const { vnp_ResponseCode: resultCode, vnp_TransactionNo: transactionNo } = authentic.fields;
  const verdict = refundCodes.get(resultCode) ?? 'unsure';
  if (verdict === 'done') {
    return { kind: 'accepted', resultCode, transactionId: /^0*$/.test(transactionNo) ? null : transactionNo };
  }
  const why = `VNPAY answered the refund with code ${resultCode}`;
  return verdict === 'refused' ? { kind: 'refused', resultCode, why } : { kind: 'unknown', why };
}

/**
 * Reads what querydr says of a refund (§1.7): once VNPAY has taken a refund on, it answers with that instead of the
 * payment. A successful payment without a refund is therefore VNPAY's word that it knows of none.
 */
export function readRefundQueryAnswer(answer: HttpAnswer, refund: AskedRefund, account: VnpayAccount): RefundProgress {
  const authentic = authenticateAnswer('queryAnswer', answer, refund.paid.gatewayRef, account);
  if (!authentic.ok) return { kind: 'unknown', why: authentic.why };
  const { vnp_ResponseCode: resultCode, vnp_TransactionType: type, vnp_TransactionStatus: status } = authentic.fields;
  if (queryCodes.get(resultCode) !== 'done') {
    return { kind: 'unknown', why: `VNPAY answered the refund's query with code ${resultCode}` };
  }
  if (type === paymentType && status === '00') return { kind: 'not-found', resultCode: `${type}/${status}` };
  if (type !== refundTypeOf(refund) || authentic.fields.vnp_Amount !== String(refund.amountVnd * 100)) {
    return { kind: 'unknown', why: 'the answer speaks of the payment or of another refund' };
  }
  const kind = refundStatuses.get(status);
  return kind === undefined
    ? { kind: 'unknown', why: `VNPAY answered with status ${status} of the refund` }
    : { kind, resultCode: `${type}/${status}` };
}
