import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { literalTextSchema } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { comesTo } from '../played-address.ts';
import { findRefund, leftToRefund, readPlayedJson } from '../played-requests.ts';
import type { PlayedBook, PlayedNews, PlayedOrder, PlayedRefund, PlayedRequest } from '../player.ts';
import type { VnpayAccount } from './settings.ts';
import { signJson, verifyJson } from './signer.ts';

/** Response code and transaction status of a result (§1.4). */
export const codesOf = {
  paid: { response: '00', status: '00' },
  failed: { response: '51', status: '02' },
  cancelled: { response: '24', status: '02' },
} as const satisfies Record<PlayedNews['result'], { response: string; status: string }>;

const requestSchema = z.catchall(
  z.object({
    vnp_Command: z.enum(['querydr', 'refund']),
    vnp_RequestId: z.string().check(z.minLength(1), z.maxLength(32)),
    vnp_TmnCode: z.string(),
    vnp_TxnRef: literalTextSchema,
    vnp_Amount: z._default(literalTextSchema, '0'),
  }),
  literalTextSchema,
);
type ApiRequest = z.infer<typeof requestSchema>;

type Fields = Readonly<Record<string, string | number>>;

/** Answers querydr and refund (§1.7, §1.8), signed but where nobody can be named. */
export async function answerApi(
  request: PlayedRequest,
  book: PlayedBook,
  account: VnpayAccount,
): Promise<HttpAnswer | undefined> {
  if (!comesTo(account.settings.apiUrl, request)) return undefined;
  const fields = readPlayedJson(request, requestSchema);
  if (fields === undefined) return jsonAnswer(200, refuse('03', 'Invalid format'));
  const { vnp_Command: command, vnp_TmnCode: terminal, vnp_TxnRef: orderRef } = fields;
  const { secrets } = account;
  const hashSecrets = secrets.map(({ hashSecret }) => hashSecret);
  if (secrets.every(({ tmnCode }) => tmnCode !== terminal)) return jsonAnswer(200, refuse('02', 'Invalid TmnCode'));
  const isQuery = command === 'querydr';
  if (!verifyJson(isQuery ? 'queryRequest' : 'refundRequest', fields, hashSecrets)) {
    return jsonAnswer(200, refuse('97', 'Invalid Checksum'));
  }
  const order = book.find(orderRef);
  const facts = isQuery ? tellOf(order, book) : await payBack(order, fields, book);
  const answer = {
    vnp_ResponseId: randomUUID().replaceAll('-', ''),
    vnp_Command: command,
    vnp_TmnCode: terminal,
    vnp_TxnRef: orderRef,
    ...facts,
  };
  const signature = signJson(isQuery ? 'queryAnswer' : 'refundAnswer', answer, secrets[0].hashSecret);
  return jsonAnswer(200, { ...answer, vnp_SecureHash: signature });
}

function refuse(code: string, message: string): Fields {
  return { vnp_ResponseCode: code, vnp_Message: message };
}

/** Once money has gone back, VNPAY tells of the refund: type 02 or 03 instead of 01 (§1.7). */
function tellOf(order: PlayedOrder | undefined, book: PlayedBook): Fields {
  if (order === undefined) return refuse('91', 'Order not found');
  const found = { vnp_ResponseCode: '00', vnp_Message: 'QueryDR Success' };
  const lastRefund = order.refunds?.at(-1);
  return { ...found, ...(lastRefund === undefined ? tellOfPayment(order, book) : tellOfRefund(order, lastRefund)) };
}

function tellOfPayment(order: PlayedOrder, book: PlayedBook): Fields {
  const { lastNews, amountVnd, description } = order;
  return {
    vnp_Amount: (lastNews?.amountVnd ?? amountVnd) * 100,
    vnp_OrderInfo: description,
    vnp_TransactionType: '01',
    vnp_TransactionStatus: statusOf(order, book),
    vnp_TransactionNo: lastNews?.transactionNo ?? '0',
    ...(lastNews !== undefined && { vnp_PayDate: vietnamTimeOf(lastNews.at) }),
    ...(lastNews?.transactionNo !== undefined && { vnp_BankCode: 'NCB' }),
  };
}

/** Not completed while the page takes money; an order that nobody paid in time has failed. */
function statusOf({ lastNews, expiresAt }: PlayedOrder, book: PlayedBook): string {
  if (lastNews !== undefined) return codesOf[lastNews.result].status;
  return expiresAt !== undefined && expiresAt <= book.now() ? '02' : '01';
}

const refundStatuses = { refunded: '00', pending: '05', failed: '09' } as const;

function tellOfRefund(order: PlayedOrder, told: PlayedRefund): Fields {
  return {
    vnp_Amount: told.amountVnd * 100,
    vnp_OrderInfo: order.description,
    vnp_TransactionType: told.amountVnd === order.lastNews?.amountVnd ? '02' : '03',
    vnp_TransactionStatus: refundStatuses[told.result],
    vnp_TransactionNo: `${order.lastNews?.transactionNo ?? ''}${order.refunds?.indexOf(told) ?? 0}`,
    vnp_PayDate: vietnamTimeOf(told.at),
    vnp_BankCode: 'NCB',
  };
}

/** A request id that was seen before is the same refund, on its way already: 94 (§1.8). */
async function payBack(order: PlayedOrder | undefined, fields: ApiRequest, book: PlayedBook): Promise<Fields> {
  if (order === undefined) return refuse('91', 'Order not found');
  const refundRef = fields.vnp_RequestId;
  if (findRefund(order, refundRef) !== undefined) return refuse('94', 'Refund already requested');
  const amountVnd = Number(fields.vnp_Amount) / 100;
  if (amountVnd > leftToRefund(order)) return refuse('95', 'Payment not successful, or refunded already');
  const noted = await book.refund(order.orderRef, { refundRef, amountVnd, result: 'refunded', at: book.now() });
  const changed = book.find(order.orderRef) ?? order;
  return {
    vnp_ResponseCode: '00',
    vnp_Message: 'Refund request accepted',
    ...tellOfRefund(changed, noted),
    // Accepted is not finished (§1.8).
    vnp_TransactionStatus: refundStatuses.pending,
  };
}
