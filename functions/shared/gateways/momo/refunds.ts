import { jsonPost } from '../json-messages.ts';
import { asciiDescription } from '../plain-description.ts';
import type { RefundInquiry, Refunding, RefundOpening, RefundOrder, RefundQuestion } from '../refund-port.ts';
import { refundLimits } from './messages.ts';
import { readRefundAnswer, readRefundQueryAnswer } from './refund-answers.ts';
import { buildRefund, buildRefundQuery } from './requests.ts';
import type { MomoAccount } from './settings.ts';

/**
 * Refunds at MoMo (§2.6). One refund stays one: `requestId` is MoMo's key of idempotency, known to it for 31 days at
 * least, and the same in every repetition; so is the refund's own `orderId`, which MoMo takes but once (code 41).
 */
export function refundingOf(account: MomoAccount): Refunding {
  return {
    refundRefOf: (refundId) => refundId,
    requestRefund: (order) => requestRefund(order, account),
    askRefund: (question) => askRefund(question, account),
  };
}

function requestRefund(order: RefundOrder, account: MomoAccount): RefundOpening {
  const { refundRef, amountVnd, paid } = order;
  if (paid.transactionId === null) return { kind: 'unsupported', why: "MoMo's number of the payment is not known" };
  if (amountVnd < refundLimits.leastVnd || amountVnd > refundLimits.mostVnd) {
    const { leastVnd, mostVnd } = refundLimits;
    return { kind: 'unsupported', why: `MoMo refunds ${leastVnd} to ${mostVnd} đồng at a time` };
  }
  const fields = {
    orderId: refundRef,
    requestId: refundRef,
    amount: amountVnd,
    transId: paid.transactionId,
    description: asciiDescription(order.description, 255),
  };
  const { url, body } = buildRefund(fields, account.secrets[0], account.settings.apiBaseUrl);
  return {
    kind: 'request',
    request: jsonPost(url, body),
    readAnswer: (answer) => readRefundAnswer(answer, order, account),
  };
}

/** Under a request id of its own: under the refund's, MoMo would repeat its first answer. */
function askRefund(question: RefundQuestion, account: MomoAccount): RefundInquiry {
  const fields = { orderId: question.refundRef, requestId: question.requestId };
  const { url, body } = buildRefundQuery(fields, account.secrets[0], account.settings.apiBaseUrl);
  return {
    request: jsonPost(url, body),
    readAnswer: (answer) => readRefundQueryAnswer(answer, question, account),
  };
}
