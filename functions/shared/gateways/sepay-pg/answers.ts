import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { QueryReading } from '../answer-readings.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { readJsonAnswer } from '../json-answers.ts';
import { orderStates } from './codes.ts';
import { orderAnswerSchema, type QueriedOrder, type QueriedTransaction } from './messages.ts';
import type { SepayPgAccount } from './settings.ts';

/**
 * Reads the answer to a query, which is not signed: it comes over our own TLS connection. How SePay says that it knows
 * no such order is not public, and a bare 404 may be anybody's, so that stays unknown.
 */
export function readOrderAnswer(answer: HttpAnswer, orderRef: string, account: SepayPgAccount): QueryReading {
  if (answer.status !== 200) return { kind: 'unknown', why: `SePay answered HTTP ${answer.status}` };
  const parsed = readJsonAnswer('SePay', answer, orderAnswerSchema);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { data: order } = parsed.fields;
  if (order.order_invoice_number !== orderRef) return { kind: 'unknown', why: 'the answer speaks of another order' };
  return readOrder(order, account);
}

/** What counts are the payments of money that reached the order, each of them money of its own. */
function readOrder(order: QueriedOrder, { merchant }: SepayPgAccount): QueryReading {
  const { order_invoice_number: orderRef, order_status: status, transactions } = order;
  const facts = { gateway: 'sepay-pg', merchant, orderRef };
  const approved = transactions.filter((transaction) => transaction.transaction_status === 'APPROVED');
  const payments = approved.filter((transaction) => transaction.transaction_type === 'PAYMENT');
  // Money that went back confirms no order, as in the IPN.
  const isRepaid = approved.some((transaction) => transaction.transaction_type === 'REFUND');
  if (status === 'CAPTURED' && !isRepaid) {
    const [first, ...more] = payments.map((payment) => noticeOf(payment, facts));
    if (first === undefined) return { kind: 'unknown', why: 'the order is paid, but the answer shows no payment' };
    return { kind: 'notice', notice: first, ...(more.length > 0 && { more }) };
  }
  const told = isRepaid ? 'voided' : (orderStates.get(status) ?? 'pending');
  // A no about an order that shows money contradicts itself.
  const result = told === 'failed' && payments.length > 0 ? 'pending' : told;
  return {
    kind: 'notice',
    notice: {
      ...facts,
      transactionId: null,
      amountVnd: order.order_amount,
      result,
      resultCode: status,
      paidAt: null,
    },
  };
}

function noticeOf(
  payment: QueriedTransaction,
  facts: Pick<PaymentNotice, 'gateway' | 'merchant' | 'orderRef'>,
): PaymentNotice {
  return {
    ...facts,
    transactionId: payment.id,
    amountVnd: payment.transaction_amount,
    result: 'paid',
    resultCode: `CAPTURED/${payment.transaction_status}`,
    paidAt: payment.transaction_date,
  };
}
