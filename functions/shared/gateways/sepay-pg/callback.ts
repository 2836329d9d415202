import { acknowledgementOf } from '../acknowledgement.ts';
import { claimOf } from '../claimed-ref.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { readJsonBody } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { isShownKey } from '../shown-key.ts';
import { callbackAnswers, resultCodeOf, resultOf } from './codes.ts';
import { notificationSchema, readableFactsSchema, resultWordsSchema } from './messages.ts';
import type { SepayPgAccount } from './settings.ts';

/** Reads an IPN. Nothing but the header protects it: the key proves the sender, not the content (§5.3). */
export function readCallback(request: CallbackRequest, account: SepayPgAccount): CallbackReading {
  const json = readJsonBody(request.body);
  const keys = account.secrets.map(({ secretKey }) => secretKey);
  if (!isShownKey(request.headers['x-secret-key'], keys)) {
    return {
      kind: 'bad-signature',
      why: 'X-Secret-Key is missing or wrong: forged, or another secret key',
      ...claimOf(json.ok ? readableFactsSchema.parse(json.value).order.order_invoice_number : undefined),
    };
  }
  if (!json.ok) return { kind: 'malformed', orderRef: null, transactionId: null, paidAt: null, why: json.why };
  return readNotification(json.value, account);
}

function readNotification(content: unknown, account: SepayPgAccount): CallbackReading {
  const notification = notificationSchema.safeParse(content);
  if (!notification.success) return malformed(content, faultsOf(notification.error));
  const { order, transaction } = notification.data;
  const result = resultOf(notification.data);
  if (result === 'paid' && transaction.transaction_amount !== order.order_amount) {
    return malformed(content, 'transaction.transaction_amount differs from order.order_amount');
  }
  return {
    kind: 'notice',
    notice: {
      gateway: 'sepay-pg',
      merchant: account.merchant,
      orderRef: order.order_invoice_number,
      transactionId: transaction.id,
      amountVnd: order.order_amount,
      result,
      resultCode: resultCodeOf(notification.data),
      paidAt: result === 'paid' ? transaction.transaction_date : null,
    },
  };
}

function malformed(content: unknown, why: string): CallbackReading {
  const { order, transaction } = readableFactsSchema.parse(content);
  const words = resultWordsSchema.safeParse(content);
  return {
    kind: 'malformed',
    orderRef: order.order_invoice_number,
    transactionId: transaction.id,
    paidAt: words.success && resultOf(words.data) === 'paid' ? transaction.transaction_date : null,
    why,
  };
}

export function answerCallback(outcome: CallbackOutcome): HttpAnswer {
  const acknowledgement = acknowledgementOf(outcome);
  return jsonAnswer(callbackAnswers[acknowledgement], { success: acknowledgement === 'recorded' });
}
