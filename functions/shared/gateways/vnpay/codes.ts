import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { RefundProgress } from '../answer-readings.ts';
import type { CallbackOutcome } from '../gateway.ts';
import type { RefundOrder } from '../refund-port.ts';

interface Code {
  readonly meaning: string;
  readonly result: NoticeResult;
}

/** `vnp_ResponseCode` of a payment: VNPAY "Cổng thanh toán PAY", table of codes (gateway specification §1.4). */
export const responseCodes: ReadonlyMap<string, Code> = new Map([
  ['00', { meaning: 'success', result: 'paid' }],
  ['07', { meaning: 'money taken, suspected fraud', result: 'review' }],
  ['09', { meaning: 'card or account not registered for internet banking', result: 'failed' }],
  ['10', { meaning: 'identity check failed more than three times', result: 'failed' }],
  ['11', { meaning: 'payment window expired', result: 'failed' }],
  ['12', { meaning: 'card or account locked', result: 'failed' }],
  ['13', { meaning: 'wrong one-time password', result: 'failed' }],
  ['24', { meaning: 'cancelled by the customer', result: 'failed' }],
  ['51', { meaning: 'balance too low', result: 'failed' }],
  ['65', { meaning: 'daily limit exceeded', result: 'failed' }],
  ['75', { meaning: 'bank under maintenance', result: 'failed' }],
  ['79', { meaning: 'wrong payment password too often', result: 'failed' }],
  ['99', { meaning: 'other error', result: 'failed' }],
]);

/**
 * `vnp_TransactionStatus`: the state at VNPAY (§1.4). A reversal, a suspicion and every stage of a refund mean
 * that money was taken and something is the matter with it: for a person to look at.
 */
export const transactionStatuses: ReadonlyMap<string, Code> = new Map([
  ['00', { meaning: 'success', result: 'paid' }],
  ['01', { meaning: 'not completed', result: 'pending' }],
  ['02', { meaning: 'error', result: 'failed' }],
  ['04', { meaning: 'reversed: debited at the bank, not successful at VNPAY', result: 'review' }],
  ['05', { meaning: 'refund in process', result: 'review' }],
  ['06', { meaning: 'refund request sent to the bank', result: 'review' }],
  ['07', { meaning: 'suspected fraud', result: 'review' }],
  ['09', { meaning: 'refund rejected', result: 'review' }],
]);

/** Paid only when both codes are 00; an unknown response code is not paid (§1.4). */
export function resultOfPayment(responseCode: string, transactionStatus: string): NoticeResult {
  const response = responseCodes.get(responseCode)?.result ?? 'failed';
  const status = resultOfStatus(transactionStatus);
  if (response === 'review' || status === 'review') return 'review';
  return response === 'paid' ? status : 'failed';
}

/** A status that VNPAY adds one day is neither a payment nor a failure: it is asked again. */
export function resultOfStatus(transactionStatus: string): NoticeResult {
  return transactionStatuses.get(transactionStatus)?.result ?? 'pending';
}

/** What a `vnp_ResponseCode` says about our own query or refund (§1.7, §1.8). */
export type RequestVerdict = 'done' | 'not-found' | 'refused' | 'unsure';

export const queryCodes: ReadonlyMap<string, RequestVerdict> = new Map<string, RequestVerdict>([
  ['00', 'done'],
  ['02', 'refused'], // terminal id invalid
  ['03', 'refused'], // bad format
  ['91', 'not-found'],
  ['94', 'unsure'], // request id repeated within its window
  ['97', 'refused'], // bad signature
  ['99', 'unsure'],
]);

/** A refusal of our terminal or signature passes, and an earlier request may have been taken on: no end of a refund. */
export const refundCodes: ReadonlyMap<string, RequestVerdict> = new Map<string, RequestVerdict>([
  ['00', 'done'],
  ['02', 'unsure'], // terminal id invalid
  ['03', 'refused'], // bad format
  ['91', 'refused'], // the payment was not found
  ['94', 'done'], // already asked for, VNPAY is processing it
  ['95', 'refused'], // the payment was not successful
  ['97', 'unsure'], // bad signature
  ['99', 'unsure'],
]);

/** `vnp_TransactionStatus` where `vnp_TransactionType` says that it is a refund's (§1.7); any other one is asked again. */
export const refundStatuses: ReadonlyMap<string, Exclude<RefundProgress['kind'], 'unknown'>> = new Map([
  ['00', 'refunded'],
  ['01', 'pending'],
  ['05', 'pending'], // in process at VNPAY
  ['06', 'pending'], // sent to the bank
  ['09', 'failed'], // rejected
] as const);

/** `vnp_TransactionType` of a payment and of its refunds (§1.7, §1.8). */
export const paymentType = '01';

export function refundTypeOf({ amountVnd, paid }: Pick<RefundOrder, 'amountVnd' | 'paid'>): '02' | '03' {
  return amountVnd === paid.amountVnd ? '02' : '03';
}

interface CallbackAnswer {
  readonly RspCode: string;
  readonly Message: string;
}

const confirmed: CallbackAnswer = { RspCode: '00', Message: 'Confirm Success' };
const callAgain: CallbackAnswer = { RspCode: '99', Message: 'Unknown error' };
const refused: CallbackAnswer = { RspCode: '97', Message: 'Invalid signature' };

/**
 * Answers to the IPN (§1.3). 00 and 02 end VNPAY's calls; every other answer makes it call up to ten times more,
 * which is what `unavailable` wants. A verified failure is confirmed like a success.
 */
export const callbackAnswers: Readonly<Record<CallbackOutcome, CallbackAnswer>> = {
  paid: confirmed,
  failed: confirmed,
  pending: confirmed,
  review: confirmed,
  ignored: confirmed,
  voided: confirmed,
  unknown_order: { RspCode: '01', Message: 'Order not found' },
  duplicate: { RspCode: '02', Message: 'Order already confirmed' },
  amount_mismatch: { RspCode: '04', Message: 'Invalid amount' },
  bad_signature: refused,
  expired: refused,
  malformed: callAgain,
  unavailable: callAgain,
};
