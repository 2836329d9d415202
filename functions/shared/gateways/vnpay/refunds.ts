import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { jsonPost } from '../json-messages.ts';
import { bareDescription } from '../plain-description.ts';
import type { RefundInquiry, Refunding, RefundOpening, RefundOrder, RefundQuestion } from '../refund-port.ts';
import { refundTypeOf } from './codes.ts';
import { readRefundAnswer, readRefundQueryAnswer } from './refund-answers.ts';
import { buildQuery, buildRefund } from './requests.ts';
import type { VnpayAccount } from './settings.ts';

/**
 * Refunds at VNPAY (§1.7, §1.8). One refund stays one: its request id is the same in every repetition, which VNPAY
 * answers with 94 as long as it knows the id (a day); later than that, the query shows the refund that was taken on.
 */
export function refundingOf(account: VnpayAccount): Refunding {
  return {
    refundRefOf: (refundId) => refundId,
    requestRefund: (order) => requestRefund(order, account),
    askRefund: (question) => askRefund(question, account),
  };
}

function requestRefund(order: RefundOrder, account: VnpayAccount): RefundOpening {
  // The query names a refund by its payment and amount alone: of two equal ones, one would pass for the other.
  if (order.otherRefundsVnd.includes(order.amountVnd)) {
    return { kind: 'unsupported', why: 'VNPAY cannot tell a second refund of the same amount from the first' };
  }
  const { apiUrl, serverIp } = account.settings;
  const { paid } = order;
  const fields = {
    vnp_RequestId: order.refundRef,
    vnp_TransactionType: refundTypeOf(order),
    vnp_TxnRef: paid.gatewayRef,
    vnp_Amount: order.amountVnd * 100,
    ...(paid.transactionId !== null && { vnp_TransactionNo: paid.transactionId }),
    vnp_TransactionDate: vietnamTimeOf(paid.openedAt),
    vnp_CreateBy: order.approvedBy,
    vnp_CreateDate: vietnamTimeOf(order.requestedAt),
    vnp_IpAddr: serverIp,
    vnp_OrderInfo: bareDescription(order.description, 255),
  };
  const { body } = buildRefund(fields, account.secrets[0], apiUrl);
  return {
    kind: 'request',
    request: jsonPost(apiUrl, body),
    readAnswer: (answer) => readRefundAnswer(answer, order, account),
  };
}

function askRefund(question: RefundQuestion, account: VnpayAccount): RefundInquiry {
  const { apiUrl, serverIp } = account.settings;
  const { paid } = question;
  const fields = {
    vnp_RequestId: question.requestId,
    vnp_TxnRef: paid.gatewayRef,
    vnp_OrderInfo: `Truy van hoan phi ${paid.gatewayRef}`,
    vnp_TransactionDate: vietnamTimeOf(paid.openedAt),
    vnp_CreateDate: vietnamTimeOf(question.askedAt),
    vnp_IpAddr: serverIp,
  };
  const { body } = buildQuery(fields, account.secrets[0], apiUrl);
  return {
    request: jsonPost(apiUrl, body),
    readAnswer: (answer) => readRefundQueryAnswer(answer, question, account),
  };
}
