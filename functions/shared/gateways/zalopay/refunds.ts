import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { jsonPost } from '../json-messages.ts';
import { asciiDescription } from '../plain-description.ts';
import type { RefundInquiry, Refunding, RefundOpening, RefundOrder, RefundQuestion } from '../refund-port.ts';
import { readRefundAnswer, readRefundQueryAnswer } from './refund-answers.ts';
import { buildRefund, buildRefundQuery } from './requests.ts';
import type { ZalopayAccount } from './settings.ts';

/**
 * Refunds at ZaloPay (§3.4). One refund stays one: `m_refund_id` is the same in every repetition, and ZaloPay takes
 * each but once (code -23, which is read as unknown and asked about).
 */
export function refundingOf(account: ZalopayAccount): Refunding {
  const { appId } = account.secrets[0];
  return {
    // ZaloPay wants the Vietnamese day of the first request in front.
    refundRefOf: (refundId, requestedAt) => `${vietnamTimeOf(requestedAt).slice(2, 8)}_${appId}_${refundId}`,
    requestRefund: (order) => requestRefund(order, account),
    askRefund: (question) => askRefund(question, account),
  };
}

function requestRefund(order: RefundOrder, account: ZalopayAccount): RefundOpening {
  const { transactionId } = order.paid;
  if (transactionId === null) return { kind: 'unsupported', why: "ZaloPay's number of the payment is not known" };
  const fields = {
    m_refund_id: order.refundRef,
    zp_trans_id: transactionId,
    amount: order.amountVnd,
    timestamp: Date.parse(order.requestedAt),
    description: asciiDescription(order.description, 100),
  };
  const { url, body } = buildRefund(fields, account.secrets[0], account.settings.apiBaseUrl);
  return { kind: 'request', request: jsonPost(url, body), readAnswer: readRefundAnswer };
}

function askRefund(question: RefundQuestion, account: ZalopayAccount): RefundInquiry {
  const fields = { m_refund_id: question.refundRef, timestamp: Date.parse(question.askedAt) };
  const { url, body } = buildRefundQuery(fields, account.secrets[0], account.settings.apiBaseUrl);
  return { request: jsonPost(url, body), readAnswer: readRefundQueryAnswer };
}
