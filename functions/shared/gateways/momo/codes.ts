import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { CallbackOutcome } from '../gateway.ts';

interface ResultCode {
  readonly meaning: string;
  /** In the IPN, and in a query's answer that speaks of the payment: what became of it. */
  readonly payment: NoticeResult;
  /** In the answer to create; `unsure` is asked again, never taken for a no. */
  readonly request: 'done' | 'refused' | 'unsure';
  /** In the answer to a refund and in what its query lists: `refused` is said of a request, `ended` of the refund. */
  readonly refund: 'done' | 'processing' | 'ended' | 'refused' | 'unsure';
  /** In the answer to a query: what the code speaks of. One about the question says nothing of the payment. */
  readonly query: 'payment' | 'not-found' | 'question';
}

const pending = (meaning: string): ResultCode => ({
  meaning,
  payment: 'pending',
  request: 'unsure',
  refund: 'processing',
  query: 'payment',
});
const failed = (meaning: string): ResultCode => ({
  meaning,
  payment: 'failed',
  request: 'refused',
  refund: 'ended',
  query: 'payment',
});
const refused = (meaning: string): ResultCode => ({
  meaning,
  payment: 'failed',
  request: 'refused',
  refund: 'refused',
  query: 'question',
});
const refundEnded = (meaning: string): ResultCode => ({ ...refused(meaning), refund: 'ended' });
/** It passes, and of a refund an earlier copy may have been accepted before it came up. */
const closed = (meaning: string): ResultCode => ({ ...refused(meaning), refund: 'unsure' });
/** An earlier copy of the request may have been accepted. */
const unsure = (meaning: string): ResultCode => ({ ...closed(meaning), request: 'unsure' });

/** `resultCode`: developers.momo.vn v3, "Result codes" (gateway specification §2.4). */
export const resultCodes: ReadonlyMap<string, ResultCode> = new Map([
  ['0', { meaning: 'success', payment: 'paid', request: 'done', refund: 'done', query: 'payment' }],
  ['9000', pending('authorised, not captured')],
  ['1000', pending('waiting for the customer')],
  ['7000', pending('in process')],
  ['7002', pending('in process at the provider')],
  ['8000', pending('the customer must confirm again')],
  ['1001', failed('balance too low')],
  ['1002', failed('declined by the issuer')],
  ['1003', failed('cancelled')],
  ['1004', failed('limit exceeded')],
  ['1005', failed('address or QR code expired')],
  ['1006', failed('declined by the customer')],
  ['1007', failed('account inactive')],
  ['1017', failed('cancelled by the partner')],
  ['1026', failed('against the rules of a promotion')],
  ['2019', failed('customer side')],
  ['4001', failed('customer side')],
  ['4002', failed('customer side')],
  ['4100', failed('customer side')],
  ['1080', refundEnded('refund failed in processing')],
  ['1081', refundEnded('refunded already, or more than is left')],
  ['1088', refundEnded('payment cannot be refunded')],
  ['10', closed('MoMo under maintenance')],
  ['11', closed('access denied')],
  ['12', closed('version not supported')],
  ['13', closed('merchant not authenticated')],
  ['20', refused('bad request')],
  ['21', refused('bad amount')],
  ['22', refused('amount out of range')],
  ['40', unsure('request id repeated')],
  ['41', unsure('order id repeated')],
  ['42', { ...refused('order id unknown'), query: 'not-found' }],
  ['43', unsure('conflicting transaction')],
  ['45', refused('not acceptable')],
  ['47', refused('not acceptable')],
  ['98', unsure('MoMo failed')],
  ['99', unsure('MoMo failed')],
]);

/** A code that MoMo adds one day is not paid, and the query decides (§2.4). */
export function resultOfPayment(resultCode: string): NoticeResult {
  return resultCodes.get(resultCode)?.payment ?? 'pending';
}

export function verdictOfRequest(resultCode: string): ResultCode['request'] {
  return resultCodes.get(resultCode)?.request ?? 'unsure';
}

export function verdictOfRefund(resultCode: string): ResultCode['refund'] {
  return resultCodes.get(resultCode)?.refund ?? 'unsure';
}

export function subjectOfQueryAnswer(resultCode: string): ResultCode['query'] {
  return resultCodes.get(resultCode)?.query ?? 'payment';
}

/**
 * HTTP status of the answer to the IPN, always with an empty body (§2.3). MoMo documents 204 alone; a message
 * that is authentic is taken whatever it says, since money that fits no order is kept for an officer here.
 */
export const callbackAnswers: Readonly<Record<CallbackOutcome, number>> = {
  paid: 204,
  duplicate: 204,
  failed: 204,
  pending: 204,
  review: 204,
  amount_mismatch: 204,
  unknown_order: 204,
  ignored: 204,
  voided: 204,
  malformed: 204,
  bad_signature: 403,
  expired: 403,
  unavailable: 500,
};
