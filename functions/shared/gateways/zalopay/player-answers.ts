import * as z from 'zod/mini';
import { instantAfter, instantOfUnixMs, vietnamTimeOf } from '#shared/domain/calendar.ts';
import { verifyHmacHex } from '../hex-signature.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { literalTextSchema, readJson } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { findRefund, leftToRefund, readPlayedJson } from '../played-requests.ts';
import type { PlayedBook, PlayedOrder, PlayedRequest } from '../player.ts';
import type { ZalopayAccount } from './settings.ts';
import { signedTextOf, type ZalopayMessage } from './signer.ts';

const createSchema = z.object({
  app_id: literalTextSchema,
  app_trans_id: z.string().check(z.minLength(1), z.maxLength(40)),
  app_user: z.string().check(z.minLength(1), z.maxLength(50)),
  app_time: literalTextSchema,
  amount: z.pipe(literalTextSchema, z.string().check(z.regex(/^[1-9]\d*$/))),
  item: z.string(),
  embed_data: z.string(),
  description: z.string(),
  callback_url: z.url(),
  expire_duration_seconds: z.pipe(
    z.pipe(literalTextSchema, z.transform(Number)),
    z.int().check(z.minimum(300), z.maximum(2_592_000)),
  ),
  mac: z.string(),
});
const querySchema = z.object({ app_id: literalTextSchema, app_trans_id: z.string(), mac: z.string() });
const refundSchema = z.object({
  app_id: literalTextSchema,
  m_refund_id: z.string().check(z.regex(/^\d{6}_\d+_/)),
  zp_trans_id: literalTextSchema,
  amount: z.pipe(literalTextSchema, z.string().check(z.regex(/^[1-9]\d*$/))),
  description: z.string(),
  timestamp: literalTextSchema,
  mac: z.string(),
});
const refundQuerySchema = z.object({
  app_id: literalTextSchema,
  m_refund_id: z.string(),
  timestamp: literalTextSchema,
  mac: z.string(),
});

/** Answers create, query, refund and a refund's query (§3.3, §3.4), none of them signed. */
export async function answerApi(
  request: PlayedRequest,
  book: PlayedBook,
  account: ZalopayAccount,
): Promise<HttpAnswer | undefined> {
  switch (request.path) {
    case '/v2/create':
      return authenticated('create', createSchema, { request, account }, (fields) => openOrder(fields, book));
    case '/v2/query':
      return authenticated('query', querySchema, { request, account }, (fields) => answerQuery(fields, book));
    case '/v2/refund':
      return authenticated('refund', refundSchema, { request, account }, (fields) => payBack(fields, book));
    case '/v2/query_refund':
      return authenticated('queryRefund', refundQuerySchema, { request, account }, (fields) =>
        answerRefundQuery(fields, book),
      );
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, string | number | boolean>>;

/** Every request carries a mac with key1 (§3.3, §3.4). */
async function authenticated<Request extends { app_id: string; mac: string }>(
  message: ZalopayMessage,
  schema: z.ZodMiniType<Request & Record<string, string | number>>,
  { request, account }: { readonly request: PlayedRequest; readonly account: ZalopayAccount },
  answer: (fields: Request) => Promise<Fields> | Fields,
): Promise<HttpAnswer> {
  const fields = readPlayedJson(request, schema);
  if (fields === undefined) return jsonAnswer(200, fail(-401, 'Invalid request data'));
  const isGenuine = account.secrets.some(
    ({ appId, key1 }) =>
      appId === fields.app_id && verifyHmacHex('sha256', key1, signedTextOf(message, fields, key1), fields.mac),
  );
  return jsonAnswer(200, isGenuine ? await answer(fields) : fail(-402, 'Invalid app or mac'));
}

const done: Fields = {
  return_code: 1,
  return_message: 'Giao dịch thành công',
  sub_return_code: 1,
  sub_return_message: '',
};
const waiting: Fields = { return_code: 3, return_message: 'Giao dịch chưa được thực hiện', sub_return_code: 3 };

function fail(subCode: number, why: string): Fields {
  return { return_code: 2, return_message: 'Giao dịch thất bại', sub_return_code: subCode, sub_return_message: why };
}

async function openOrder(fields: z.infer<typeof createSchema>, book: PlayedBook): Promise<Fields> {
  const { app_trans_id: orderRef, app_user, embed_data, item } = fields;
  if (orderRef.slice(0, 6) !== vietnamTimeOf(book.now()).slice(2, 8)) return fail(-92, 'app_trans_id is not of today');
  if (book.find(orderRef) !== undefined) return fail(-68, 'app_trans_id is repeated');
  const openedAt = instantOfUnixMs(Number(fields.app_time)) ?? book.now();
  const orderUrl = await book.open({
    orderRef,
    amountVnd: Number(fields.amount),
    description: fields.description,
    returnUrl: redirectUrlOf(embed_data),
    callbackUrl: fields.callback_url,
    openedAt,
    expiresAt: instantAfter(openedAt, fields.expire_duration_seconds * 1_000),
    echoed: { app_user, embed_data, item },
  });
  return { ...done, order_url: orderUrl, zp_trans_token: orderRef, order_token: orderRef };
}

/** The address stands inside `embed_data` (§3.3). */
function redirectUrlOf(embedData: string): string | undefined {
  const json = readJson(embedData);
  return z.object({ redirecturl: z.url() }).safeParse(json.ok ? json.value : undefined).data?.redirecturl;
}

function answerQuery({ app_trans_id: orderRef }: z.infer<typeof querySchema>, book: PlayedBook): Fields {
  const order = book.find(orderRef);
  if (order === undefined) return fail(-101, 'app_trans_id is unknown');
  const { lastNews, expiresAt } = order;
  switch (lastNews?.result) {
    case 'paid':
      return {
        ...done,
        is_processing: false,
        amount: lastNews.amountVnd,
        zp_trans_id: Number(lastNews.transactionNo ?? 0),
        server_time: Date.parse(lastNews.at),
        discount_amount: 0,
      };
    case 'failed':
      return fail(-217, 'The bank failed');
    case 'cancelled':
      return fail(-54, 'The order is closed');
    case undefined:
      return expiresAt !== undefined && expiresAt <= book.now()
        ? fail(-54, 'The order has expired')
        : { ...waiting, is_processing: false };
  }
}

/** 3, processing: what became of it the refund's query says (§3.4). The same id again is the same refund. */
async function payBack(fields: z.infer<typeof refundSchema>, book: PlayedBook): Promise<Fields> {
  const { m_refund_id: refundRef, zp_trans_id: transactionNo } = fields;
  const order = book.all().find(({ lastNews }) => lastNews?.transactionNo === transactionNo);
  if (order === undefined) return fail(-101, 'zp_trans_id is unknown');
  if (findRefund(order, refundRef) !== undefined) return fail(-23, 'm_refund_id is repeated');
  const amountVnd = Number(fields.amount);
  if (amountVnd > leftToRefund(order)) return fail(-14, 'More than what is left of the payment');
  await book.refund(order.orderRef, { refundRef, amountVnd, result: 'refunded', at: book.now() });
  return {
    ...waiting,
    return_message: 'Đang hoàn tiền',
    refund_id: refundNumberOf(book.find(order.orderRef) ?? order),
  };
}

function refundNumberOf({ lastNews, refunds = [] }: PlayedOrder): number {
  return Number(`${lastNews?.transactionNo ?? ''}${refunds.length}`);
}

function answerRefundQuery({ m_refund_id: refundRef }: z.infer<typeof refundQuerySchema>, book: PlayedBook): Fields {
  const told = book.all().flatMap((order) => findRefund(order, refundRef) ?? []);
  switch (told[0]?.result) {
    case 'refunded':
      return done;
    case 'pending':
      return { ...waiting, return_message: 'Đang hoàn tiền' };
    case 'failed':
      return fail(-32, 'The payment cannot be refunded');
    case undefined:
      return fail(-101, 'm_refund_id is unknown');
  }
}
