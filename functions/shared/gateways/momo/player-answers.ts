import * as z from 'zod/mini';
import type { HttpAnswer } from '../http-messages.ts';
import { literalTextSchema } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { findRefund, leftToRefund, readPlayedJson } from '../played-requests.ts';
import type { PlayedBook, PlayedNews, PlayedOrder, PlayedRefund, PlayedRequest } from '../player.ts';
import type { MomoAccount, MomoSecret } from './settings.ts';
import { signMessage, verifyMessage } from './signer.ts';

/** Result codes and texts of a result (§2.4). */
const results = {
  paid: { resultCode: 0, message: 'Thành công.' },
  failed: { resultCode: 1001, message: 'Giao dịch thất bại do tài khoản người dùng không đủ tiền.' },
  cancelled: { resultCode: 1006, message: 'Giao dịch bị từ chối bởi người dùng.' },
} as const satisfies Record<PlayedNews['result'], object>;

/** What the IPN, the return address and the answer to a query say of an order with news (§2.1). */
export function valuesOf(order: PlayedOrder, news: PlayedNews, { partnerCode }: MomoSecret) {
  return {
    partnerCode,
    orderId: order.orderRef,
    requestId: order.echoed?.['requestId'] ?? '',
    amount: news.amountVnd,
    orderInfo: order.description,
    orderType: 'momo_wallet',
    transId: Number(news.transactionNo ?? 0),
    ...results[news.result],
    payType: 'webApp',
    responseTime: Date.parse(news.at),
    extraData: '',
  };
}

const signedRequestSchema = z.object({
  partnerCode: z.string(),
  requestId: z.string().check(z.minLength(1), z.maxLength(50)),
  orderId: z.string().check(z.minLength(1), z.maxLength(100)),
  signature: z.string(),
});

const amountSchema = z.pipe(literalTextSchema, z.string().check(z.regex(/^[1-9]\d*$/)));

/** §2.5; fields that are not named here are not signed. */
const createSchema = z.extend(signedRequestSchema, {
  amount: amountSchema,
  orderInfo: z.string(),
  redirectUrl: z.url(),
  ipnUrl: z.url(),
  requestType: z.string(),
  extraData: z.string(),
});

/** §2.6. */
const refundSchema = z.extend(signedRequestSchema, {
  amount: amountSchema,
  transId: literalTextSchema,
  description: z.string(),
});

/** Answers create, query, refund and a refund's query (§2.5, §2.6). */
export async function answerApi(
  request: PlayedRequest,
  book: PlayedBook,
  account: MomoAccount,
): Promise<HttpAnswer | undefined> {
  switch (request.path) {
    case '/v2/gateway/api/create':
      return openOrder(request, book, account);
    case '/v2/gateway/api/query':
      return answerQuestion(request, book, account, tellOfPayment);
    case '/v2/gateway/api/refund/query':
      return answerQuestion(request, book, account, tellOfRefunds);
    case '/v2/gateway/api/refund':
      return payBack(request, book, account);
    default:
      return undefined;
  }
}

/** The same request id asks for the same order; another one for an order that is there already is refused. */
async function openOrder(request: PlayedRequest, book: PlayedBook, { secrets }: MomoAccount): Promise<HttpAnswer> {
  const fields = readPlayedJson(request, createSchema);
  if (fields === undefined) return badRequest(book);
  if (!verifyMessage('create', fields, secrets)) return notAuthenticated(book);
  const { partnerCode, requestId, orderId, amount } = fields;
  const known = book.find(orderId);
  if (known !== undefined && known.echoed?.['requestId'] !== requestId) {
    return refuse(41, 'OrderId is duplicated.', book);
  }
  const payUrl = await book.open({
    orderRef: orderId,
    amountVnd: Number(amount),
    description: fields.orderInfo,
    returnUrl: fields.redirectUrl,
    callbackUrl: fields.ipnUrl,
    openedAt: book.now(),
    echoed: { requestId },
  });
  const answer = { partnerCode, requestId, orderId, amount: Number(amount), payUrl, ...results.paid, ...timeOf(book) };
  return jsonAnswer(200, { ...answer, signature: signMessage('createAnswer', answer, secrets[0]) });
}

/** What is known under an order id; nothing when there is no such order. */
type Teller = (orderId: string, book: PlayedBook, secret: MomoSecret) => object | undefined;

/** MoMo does not sign this answer. */
function answerQuestion(request: PlayedRequest, book: PlayedBook, { secrets }: MomoAccount, tell: Teller): HttpAnswer {
  const fields = readPlayedJson(request, signedRequestSchema);
  if (fields === undefined) return badRequest(book);
  if (!verifyMessage('query', fields, secrets)) return notAuthenticated(book);
  const { partnerCode, orderId, requestId } = fields;
  const told = tell(orderId, book, secrets[0]);
  if (told === undefined) return refuse(42, 'OrderId is not found.', book);
  return jsonAnswer(200, { ...told, partnerCode, orderId, requestId, ...timeOf(book) });
}

function tellOfPayment(orderId: string, book: PlayedBook, secret: MomoSecret): object | undefined {
  const order = book.find(orderId);
  if (order?.lastNews !== undefined) return { ...valuesOf(order, order.lastNews, secret), ...listRefunds(order) };
  if (order === undefined) return undefined;
  return { amount: order.amountVnd, transId: 0, resultCode: 1000, message: 'Waiting for the customer.' };
}

/** A refund is asked about by its own order id: that it was found is no word of what became of it. */
function tellOfRefunds(orderId: string, book: PlayedBook): object | undefined {
  const order = book.all().find((one) => findRefund(one, orderId) !== undefined);
  return order === undefined ? undefined : { ...results.paid, ...listRefunds(order) };
}

function listRefunds(order: PlayedOrder) {
  const { refunds = [] } = order;
  return { refundTrans: refunds.map(({ refundRef }) => ({ orderId: refundRef, ...tellOfRefund(order, refundRef) })) };
}

/** §2.4: 7002 is in process at the provider, 1080 a refund that was refused. */
const refundResults = {
  refunded: results.paid,
  pending: { resultCode: 7002, message: 'Giao dịch đang được xử lý.' },
  failed: { resultCode: 1080, message: 'Giao dịch hoàn tiền bị từ chối.' },
} as const satisfies Record<PlayedRefund['result'], object>;

function tellOfRefund({ lastNews, refunds = [] }: PlayedOrder, refundRef: string) {
  const place = refunds.findIndex((known) => known.refundRef === refundRef);
  const { amountVnd: amount = 0, result = 'failed' } = refunds[place] ?? {};
  return { amount, transId: Number(`${lastNews?.transactionNo ?? ''}${place + 1}`), ...refundResults[result] };
}

/** Names the payment by its transaction, and itself by an order id of its own: sent again it is the same refund. */
async function payBack(request: PlayedRequest, book: PlayedBook, { secrets }: MomoAccount): Promise<HttpAnswer> {
  const fields = readPlayedJson(request, refundSchema);
  if (fields === undefined) return badRequest(book);
  if (!verifyMessage('refund', fields, secrets)) return notAuthenticated(book);
  const { partnerCode, requestId, orderId, transId } = fields;
  const order = book.all().find(({ lastNews }) => lastNews?.transactionNo === transId);
  if (order === undefined) return refuse(1080, 'The payment is not found.', book);
  const amountVnd = Number(fields.amount);
  if (findRefund(order, orderId) === undefined && amountVnd > leftToRefund(order)) {
    return refuse(1081, 'More than what is left of the payment.', book);
  }
  await book.refund(order.orderRef, { refundRef: orderId, amountVnd, result: 'refunded', at: book.now() });
  const told = tellOfRefund(book.find(order.orderRef) ?? order, orderId);
  return jsonAnswer(200, { partnerCode, requestId, orderId, ...told, ...timeOf(book) });
}

function badRequest(book: PlayedBook): HttpAnswer {
  return refuse(20, 'Bad format request.', book);
}

function notAuthenticated(book: PlayedBook): HttpAnswer {
  return refuse(13, 'Merchant authentication failed.', book);
}

function refuse(resultCode: number, message: string, book: PlayedBook): HttpAnswer {
  return jsonAnswer(400, { resultCode, message, ...timeOf(book) });
}

function timeOf(book: PlayedBook) {
  return { responseTime: Date.parse(book.now()) };
}
