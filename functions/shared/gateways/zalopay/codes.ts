import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { CallbackOutcome } from '../gateway.ts';

interface FailureCode {
  readonly meaning: string;
  /** In the answer to create; `unsure` is asked again, never taken for a no. */
  readonly request: 'refused' | 'unsure';
  /** In the answer to a refund. */
  readonly refund: 'refused' | 'unsure';
  /** In the answer to a query: what became of the payment, or that the code says nothing of it. */
  readonly query: 'failed' | 'pending' | 'not-found' | 'question';
}

const refused = (meaning: string): FailureCode => ({
  meaning,
  request: 'refused',
  refund: 'refused',
  query: 'question',
});
const failed = (meaning: string): FailureCode => ({ ...refused(meaning), query: 'failed' });
/** The order stays open until it expires, and the payer may try again. */
const payable = (meaning: string): FailureCode => ({ ...refused(meaning), query: 'pending' });
/** It passes, and of a refund an earlier copy may have been accepted before it came up. */
const closed = (meaning: string): FailureCode => ({ ...refused(meaning), refund: 'unsure' });
/** An earlier copy of the request may have been accepted. */
const unsure = (meaning: string): FailureCode => ({ ...closed(meaning), request: 'unsure' });

/** `sub_return_code` beside `return_code` 2: docs.zalopay.vn v2, "Status codes". */
export const failureCodes: ReadonlyMap<string, FailureCode> = new Map([
  ['-13', refused('too late for a refund')],
  ['-14', refused('refund amount invalid')],
  ['-23', unsure('refund id repeated')],
  ['-32', refused('payment cannot be refunded')],
  ['-54', failed('order expired')],
  ['-63', payable('balance too low')],
  ['-68', unsure('order id repeated')],
  ['-92', refused('order id malformed')],
  ['-101', { ...refused('order or refund id unknown'), query: 'not-found' }],
  ['-217', failed('bank failed')],
  ['-332', failed('against the rules of a promotion')],
  ['-333', failed('against the rules of a promotion')],
  ...['-1330', '-1331', '-1332', '-1333'].map((code) => [code, payable('daily limit exceeded')] as const),
  ...['-1340', '-1341', '-1342', '-1343'].map((code) => [code, payable('monthly limit exceeded')] as const),
  ['-401', refused('bad request')],
  ['-402', closed('app or mac not valid')],
  ['-429', closed('too many requests')],
  ['-500', unsure('ZaloPay failed')],
  ['-999', closed('ZaloPay under maintenance')],
]);

export interface ReturnCodes {
  readonly return_code: string;
  readonly sub_return_code: string;
}

/** The codes as people and disputes need them. */
export function resultCodeOf({ return_code: code, sub_return_code: subCode }: ReturnCodes): string {
  return code === '2' && subCode !== '' ? `${code}/${subCode}` : code;
}

/** ZaloPay's documents also show failures without a 2, the detail standing in its place. */
export function failureOf({ return_code: code, sub_return_code: subCode }: ReturnCodes): FailureCode | undefined {
  return failureCodes.get(code === '2' ? subCode : code);
}

export function verdictOfRequest(codes: ReturnCodes): 'done' | 'processing' | FailureCode['request'] {
  if (codes.return_code === '1') return 'done';
  if (codes.return_code === '3') return 'processing';
  return failureOf(codes)?.request ?? 'unsure';
}

export function verdictOfRefund(codes: ReturnCodes): 'done' | 'processing' | FailureCode['refund'] {
  const verdict = verdictOfRequest(codes);
  return verdict === 'refused' ? (failureOf(codes)?.refund ?? 'unsure') : verdict;
}

/** 1 paid, 2 failed, 3 not paid yet or processing (§3.4). */
export function subjectOfQueryAnswer(codes: ReturnCodes): 'paid' | FailureCode['query'] {
  if (codes.return_code === '1') return 'paid';
  if (codes.return_code === '3') return 'pending';
  return failureOf(codes)?.query ?? (codes.return_code === '2' ? 'failed' : 'question');
}

/** Details of a failure that are the end of a refund; any other keeps its reserve. */
const endsOfRefunds = new Set(['0', '-13', '-14', '-32']);

/** What a refund's query says of the refund (§3.4). */
export function progressOfRefund(codes: ReturnCodes): 'refunded' | 'pending' | 'failed' | 'not-found' | 'question' {
  if (codes.return_code === '1') return 'refunded';
  if (codes.return_code === '3') return 'pending';
  if (failureOf(codes)?.query === 'not-found') return 'not-found';
  return codes.return_code === '2' && endsOfRefunds.has(codes.sub_return_code) ? 'failed' : 'question';
}

/**
 * What the browser's news may say: it names no transaction, so a settlement by it would not know its own money again
 * in the callback. It is shown and decides nothing, whatever address it is sent to (§3.4).
 */
export function resultOfReturn(status: string): Extract<NoticeResult, 'pending' | 'ignored'> {
  return /^(2|-\d+)$/.test(status) ? 'ignored' : 'pending';
}

interface CallbackAnswer {
  readonly return_code: -1 | 0 | 1 | 2;
  readonly return_message: string;
}

const recorded: CallbackAnswer = { return_code: 1, return_message: 'success' };
const refusedMac: CallbackAnswer = { return_code: -1, return_message: 'mac not equal' };

/**
 * Answers to the callback (§3.2). 0 alone asks for another call. Money that fits no order gets -1: calling again would
 * change nothing, since an officer has it already.
 */
export const callbackAnswers: Readonly<Record<CallbackOutcome, CallbackAnswer>> = {
  paid: recorded,
  failed: recorded,
  pending: recorded,
  review: recorded,
  ignored: recorded,
  voided: recorded,
  duplicate: { return_code: 2, return_message: 'already recorded' },
  amount_mismatch: { return_code: -1, return_message: 'amount differs from the order' },
  unknown_order: { return_code: -1, return_message: 'order not found' },
  malformed: { return_code: -1, return_message: 'data not readable' },
  bad_signature: refusedMac,
  expired: refusedMac,
  unavailable: { return_code: 0, return_message: 'temporary error, please call again' },
};
