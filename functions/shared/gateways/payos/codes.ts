import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { Acknowledgement } from '../acknowledgement.ts';

/** `data.code` of a callback, which is signed, unlike the `code` outside (§5.1). */
export const paymentCodes: ReadonlyMap<string, NoticeResult> = new Map<string, NoticeResult>([
  ['00', 'paid'],
  ['01', 'failed'],
]);

/** A code that payOS adds one day is not paid, and the query decides. */
export function resultOfPayment(code: string): NoticeResult {
  return paymentCodes.get(code) ?? 'pending';
}

/** `status` of a payment link whose query shows no transfer. */
export const linkStatuses: ReadonlyMap<string, NoticeResult> = new Map<string, NoticeResult>([
  ['PENDING', 'pending'],
  ['PROCESSING', 'pending'],
  ['UNDERPAID', 'pending'],
  ['CANCELLED', 'failed'],
  ['EXPIRED', 'failed'],
  ['FAILED', 'failed'],
]);

interface ResultCode {
  readonly meaning: string;
  /** What the code says of our own request; `unsure` is asked again, never taken for a no. */
  readonly request: 'done' | 'refused' | 'not-found' | 'unsure';
}

/** `code` of an answer. payOS prints no table of them: these are known from integrators, any other is doubtful. */
export const resultCodes: ReadonlyMap<string, ResultCode> = new Map<string, ResultCode>([
  ['00', { meaning: 'success', request: 'done' }],
  ['20', { meaning: 'bad request', request: 'refused' }],
  ['101', { meaning: 'order code unknown', request: 'not-found' }],
  ['201', { meaning: 'signature not valid', request: 'refused' }],
  ['214', { meaning: 'payment channel unknown or suspended', request: 'refused' }],
  ['231', { meaning: 'order code repeated', request: 'unsure' }],
  ['401', { meaning: 'client id or API key not valid', request: 'refused' }],
  ['429', { meaning: 'too many requests', request: 'refused' }],
]);

export function verdictOfRequest(code: string): ResultCode['request'] {
  return resultCodes.get(code)?.request ?? 'unsure';
}

/**
 * HTTP status of the answer to the callback (§5.1). Money that fits no order is recorded too, and so is the sample
 * order by which payOS tries an address when it is registered: it needs a success.
 */
export const callbackAnswers: Readonly<Record<Acknowledgement, number>> = {
  recorded: 200,
  refused: 403,
  'call-again': 500,
};
