import type { NoticeResult } from '#schemas/payment-notice.ts';
import type { Acknowledgement } from '../acknowledgement.ts';

/** `vpc_TxnResponseCode` (§5.5), which can be letters. */
const results: ReadonlyMap<string, NoticeResult> = new Map([
  ['0', 'paid'],
  ['99', 'failed'], // cancelled by the payer
  ['100', 'pending'], // in progress, or nothing paid yet
  ['300', 'pending'], // the bank has not decided yet
]);

/** OnePay calls every other code a payment that did not come about. */
export function resultOfPayment(responseCode: string): NoticeResult {
  return results.get(responseCode) ?? 'failed';
}

/** Answers to the IPN, plain text with HTTP 200 (§5.5). */
export const callbackAnswers: Readonly<Record<Acknowledgement, string>> = {
  recorded: 'responsecode=1&desc=confirm-success',
  refused: 'responsecode=0&desc=confirm-fail',
  'call-again': 'responsecode=0&desc=confirm-fail',
};
