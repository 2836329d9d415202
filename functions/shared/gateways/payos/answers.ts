import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { QueryReading } from '../answer-readings.ts';
import type { AttemptOrder, OpeningAnswer } from '../gateway.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { readJsonAnswer } from '../json-answers.ts';
import { faultsOf } from '../message-faults.ts';
import { openPage } from '../payment-page.ts';
import { linkStatuses, resultCodes, verdictOfRequest } from './codes.ts';
import { apiAnswerSchema, createdLinkSchema, type QueriedLink, queriedLinkSchema, type Transfer } from './messages.ts';
import type { PayosAccount } from './settings.ts';
import { verifyMessage } from './signer.ts';

/** Reads the answer to create. Only payOS's own code says no; anything doubtful leaves the attempt open. */
export function readCreateAnswer(
  answer: HttpAnswer,
  order: Pick<AttemptOrder, 'gatewayRef' | 'amountVnd'>,
  account: PayosAccount,
): OpeningAnswer {
  const parsed = readJsonAnswer('payOS', answer, apiAnswerSchema);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { code } = parsed.fields;
  const verdict = verdictOfRequest(code);
  if (verdict === 'refused') return { kind: 'refused', resultCode: code, why: whyOf(code) };
  if (verdict !== 'done') return { kind: 'unknown', why: whyOf(code) };
  if (verifyMessage(parsed.fields, account.secrets) === undefined) return { kind: 'unknown', why: wrongSignature };
  const link = createdLinkSchema.safeParse(parsed.fields.data);
  if (!link.success) return { kind: 'unknown', why: faultsOf(link.error) };
  if (link.data.orderCode !== order.gatewayRef || link.data.amount !== String(order.amountVnd)) {
    return { kind: 'unknown', why: 'the answer speaks of another order or amount' };
  }
  return openPage(link.data.checkoutUrl);
}

/** Reads the answer to a query: what counts are the transfers that reached the link, each of them money of its own. */
export function readQueryAnswer(answer: HttpAnswer, orderRef: string, account: PayosAccount): QueryReading {
  const parsed = readJsonAnswer('payOS', answer, apiAnswerSchema);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { code, data } = parsed.fields;
  const verdict = verdictOfRequest(code);
  if (verdict === 'not-found') return { kind: 'not-found', resultCode: code };
  if (verdict !== 'done') return { kind: 'unknown', why: whyOf(code) };
  if (verifyMessage(parsed.fields, account.secrets) === undefined) return { kind: 'unknown', why: wrongSignature };
  const link = queriedLinkSchema.safeParse(data);
  if (!link.success) return { kind: 'unknown', why: faultsOf(link.error) };
  if (link.data.orderCode !== orderRef) return { kind: 'unknown', why: 'the answer speaks of another order' };
  return readLink(link.data, account);
}

function readLink(link: QueriedLink, account: PayosAccount): QueryReading {
  const { orderCode: orderRef, amount, status, transactions } = link;
  const facts = { gateway: 'payos', merchant: account.merchant, orderRef, resultCode: status };
  const [first, ...others] = transactions.map((transfer) => noticeOf(transfer, facts));
  if (first !== undefined) return { kind: 'notice', notice: first, ...(others.length > 0 && { more: others }) };
  // A link without a transfer is not paid, whatever its status says: there is no money that we could name.
  if (status === 'PAID') return { kind: 'unknown', why: 'the link is paid, but the answer shows no transfer' };
  const result = linkStatuses.get(status) ?? 'pending';
  return { kind: 'notice', notice: { ...facts, transactionId: null, amountVnd: amount, result, paidAt: null } };
}

function noticeOf(
  { reference, amount, transactionDateTime, counterAccountBankId: bankCode }: Transfer,
  facts: Pick<PaymentNotice, 'gateway' | 'merchant' | 'orderRef' | 'resultCode'>,
): PaymentNotice {
  return {
    ...facts,
    transactionId: reference,
    amountVnd: amount,
    result: 'paid',
    paidAt: transactionDateTime,
    ...(bankCode !== undefined && { bankCode }),
  };
}

const wrongSignature = "the signature of payOS's answer is missing or wrong";

function whyOf(code: string): string {
  return `payOS answered with code ${code}: ${resultCodes.get(code)?.meaning ?? 'unknown'}`;
}
