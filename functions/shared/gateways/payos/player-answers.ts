import * as z from 'zod/mini';
import { instantOfUnixMs } from '#shared/domain/calendar.ts';
import { verifyHmacHex } from '../hex-signature.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { literalTextSchema } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { readPlayedJson } from '../played-requests.ts';
import type { PlayedBook, PlayedNews, PlayedOrder, PlayedRequest } from '../player.ts';
import { spacedTimeOf } from '../wire-times.ts';
import type { PayosAccount, PayosSecret } from './settings.ts';
import { signedTextOf, signMessage } from './signer.ts';

/** payOS's id of a payment link: the same whenever it is asked. */
export function linkIdOf({ orderRef }: PlayedOrder): string {
  return orderRef.padStart(32, '0');
}

/** A transfer that reached a link, as callback and query tell it. */
export function transferOf({ description }: PlayedOrder, { amountVnd, transactionNo, at }: PlayedNews) {
  return {
    amount: amountVnd,
    description,
    accountNumber: receivingAccount,
    reference: transactionNo ?? '',
    transactionDateTime: spacedTimeOf(at),
    virtualAccountName: null,
    virtualAccountNumber: '',
    counterAccountBankId: '970436',
    counterAccountBankName: null,
    counterAccountName: null,
    counterAccountNumber: null,
  };
}

const receivingAccount = '9990000000';

const createSchema = z.object({
  orderCode: z.pipe(literalTextSchema, z.string().check(z.regex(/^[1-9]\d{0,15}$/))),
  amount: z.pipe(literalTextSchema, z.string().check(z.regex(/^[1-9]\d*$/))),
  description: z.string().check(z.maxLength(25)),
  cancelUrl: z.url(),
  returnUrl: z.url(),
  expiredAt: z.optional(z.pipe(literalTextSchema, z.transform(Number))),
  signature: z.string(),
});

const links = '/v2/payment-requests';

/** Answers create and query: two keys in headers open the interface, a third signs what is said (§5.1). */
export async function answerApi(
  request: PlayedRequest,
  book: PlayedBook,
  { secrets }: PayosAccount,
): Promise<HttpAnswer | undefined> {
  if (request.path !== links && !request.path.startsWith(`${links}/`)) return undefined;
  const { 'x-client-id': clientId, 'x-api-key': apiKey } = request.headers;
  const secret = secrets.find((known) => known.clientId === clientId && known.apiKey === apiKey);
  if (secret === undefined) return refuse(401, '401', 'Client id or API key not valid');
  return request.method === 'POST' ? openOrder(request, book, secret) : answerQuery(request, book, secret);
}

async function openOrder(request: PlayedRequest, book: PlayedBook, secret: PayosSecret): Promise<HttpAnswer> {
  const fields = readPlayedJson(request, createSchema);
  if (fields === undefined) return refuse(400, '20', 'Invalid request');
  const { orderCode, amount, description, cancelUrl, returnUrl, expiredAt, signature } = fields;
  const text = signedTextOf({ amount, cancelUrl, description, orderCode, returnUrl });
  if (!verifyHmacHex('sha256', secret.checksumKey, text, signature)) return refuse(200, '201', 'Signature not valid');
  if (book.find(orderCode) !== undefined) return refuse(200, '231', 'Order code is repeated');
  const order: PlayedOrder = {
    orderRef: orderCode,
    amountVnd: Number(amount),
    description,
    returnUrl,
    openedAt: book.now(),
    expiresAt: expiredAt === undefined ? undefined : instantOfUnixMs(expiredAt * 1_000),
  };
  const checkoutUrl = await book.open(order);
  const data = {
    bin: '970436',
    accountNumber: receivingAccount,
    accountName: 'TAI KHOAN THU NGHIEM',
    amount: order.amountVnd,
    description,
    orderCode: Number(orderCode),
    currency: 'VND',
    paymentLinkId: linkIdOf(order),
    status: 'PENDING',
    expiredAt: expiredAt ?? null,
    checkoutUrl,
    qrCode: '',
  };
  return signed(data, secret);
}

function answerQuery({ path }: PlayedRequest, book: PlayedBook, secret: PayosSecret): HttpAnswer {
  const order = book.find(decodeURIComponent(path.slice(links.length + 1)));
  if (order === undefined) return refuse(200, '101', 'Order code is unknown');
  const { lastNews, amountVnd } = order;
  const transfers = lastNews?.result === 'paid' ? [transferOf(order, lastNews)] : [];
  const amountPaid = transfers.reduce((sum, { amount }) => sum + amount, 0);
  const data = {
    id: linkIdOf(order),
    orderCode: Number(order.orderRef),
    amount: amountVnd,
    amountPaid,
    amountRemaining: amountVnd - amountPaid,
    status: statusOf(order, book),
    createdAt: order.openedAt,
    transactions: transfers,
    cancellationReason: null,
    canceledAt: null,
  };
  return signed(data, secret);
}

function statusOf({ lastNews, expiresAt, amountVnd }: PlayedOrder, book: PlayedBook): string {
  switch (lastNews?.result) {
    case 'paid':
      return lastNews.amountVnd < amountVnd ? 'UNDERPAID' : 'PAID';
    case 'failed':
      return 'FAILED';
    case 'cancelled':
      return 'CANCELLED';
    case undefined:
      return expiresAt !== undefined && expiresAt <= book.now() ? 'EXPIRED' : 'PENDING';
  }
}

function signed(data: Readonly<Record<string, unknown>>, secret: PayosSecret): HttpAnswer {
  return { ...jsonAnswer(200, {}), body: signMessage(data, secret) };
}

function refuse(status: number, code: string, desc: string): HttpAnswer {
  return jsonAnswer(status, { code, desc, data: null, signature: null });
}
