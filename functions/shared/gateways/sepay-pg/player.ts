import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { readFormValues } from '../form-fields.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { comesTo } from '../played-address.ts';
import type { GatewayPlayer, PlayedBook, PlayedNews, PlayedOrder, PlayedRequest, VisitReading } from '../player.ts';
import { amountInDecimalsSchema } from '../wire-amounts.ts';
import { orderRefSchema } from '../wire-fields.ts';
import { spacedTimeOf } from '../wire-times.ts';
import { type SepayPgAccount, sepayPgAccountSchema } from './settings.ts';
import { signForm } from './signer.ts';

/** SePay's payment gateway: its page behind a posted form, its IPN with a key in the header (§5.3), its order detail. */
export const player: GatewayPlayer = {
  makeSecret: () => ({ secretKey: randomBytes(24).toString('base64url') }),

  signCallback(order, news, merchantAccount) {
    const [{ secretKey }] = sepayPgAccountSchema.parse(merchantAccount).secrets;
    return {
      method: 'POST',
      rawQuery: '',
      headers: { 'content-type': 'application/json', 'x-secret-key': secretKey },
      body: Buffer.from(JSON.stringify(notificationOf(order, news))),
    };
  },

  // The browser brings nothing back that proves anything: each end has an address of its own.
  returnAddress: ({ returnUrl, echoed }, { result }) => echoed?.[addressOfEnd[result]] ?? returnUrl,

  readVisit(visit, merchantAccount, now) {
    const account = sepayPgAccountSchema.parse(merchantAccount);
    if (visit.method !== 'POST' || !comesTo(account.settings.checkoutUrl, visit)) {
      return { ok: false, why: 'SePay takes a posted form, at the address of the checkout' };
    }
    const form = readFormValues(visit.body);
    return form.ok ? readCheckout(form.value, account, now) : form;
  },

  answer: async (request, book, merchantAccount) =>
    request.method === 'GET' && request.path.startsWith(orderDetail)
      ? answerQuery(request, book, sepayPgAccountSchema.parse(merchantAccount))
      : undefined,
};

const orderDetail = '/v1/order/detail/';

const addressOfEnd = { paid: 'success_url', failed: 'error_url', cancelled: 'cancel_url' } as const;

const orderStatuses = { paid: 'CAPTURED', failed: 'FAILED', cancelled: 'CANCELLED' } as const;

/** Paid only by all its words together; news of a declined payment is called `ORDER_PAID` too (§5.3). */
function notificationOf(order: PlayedOrder, news: PlayedNews) {
  return {
    timestamp: Math.floor(Date.parse(news.toldAt ?? news.at) / 1000),
    notification_type: 'ORDER_PAID',
    order: { ...factsOf(order, news.amountVnd), order_status: orderStatuses[news.result] },
    transaction: transactionOf(order, news),
    customer: { id: 'customer-1', customer_id: 'C1' },
  };
}

function factsOf({ orderRef, description }: PlayedOrder, amountVnd: number) {
  return {
    id: `order-${orderRef}`,
    order_id: `SP${orderRef}`,
    order_currency: 'VND',
    order_amount: `${amountVnd}.00`,
    order_invoice_number: orderRef,
    order_description: description,
    custom_data: [],
  };
}

function transactionOf({ orderRef }: PlayedOrder, { result, amountVnd, transactionNo, at }: PlayedNews) {
  const id = transactionNo ?? `declined-${orderRef}`;
  return {
    id,
    payment_method: 'BANK_TRANSFER',
    transaction_id: `FT${id}`,
    transaction_type: 'PAYMENT',
    transaction_date: spacedTimeOf(at),
    transaction_status: result === 'paid' ? 'APPROVED' : 'DECLINED',
    transaction_amount: String(amountVnd),
    transaction_currency: 'VND',
  };
}

/** An order with its transactions; the key that opens the interface is that of the checkout form. */
function answerQuery({ path, headers }: PlayedRequest, book: PlayedBook, account: SepayPgAccount): HttpAnswer {
  const { settings, secrets } = account;
  const isKnown = secrets.some(({ secretKey }) => headers['authorization'] === basic(settings.merchantId, secretKey));
  if (!isKnown) return jsonAnswer(401, { error: 'Unauthorized' });
  const order = book.find(decodeURIComponent(path.slice(orderDetail.length)));
  if (order === undefined) return jsonAnswer(404, { error: 'Order not found' });
  const { lastNews: news } = order;
  const state =
    news === undefined
      ? { order_status: 'PENDING', transactions: [] }
      : { order_status: orderStatuses[news.result], transactions: [transactionOf(order, news)] };
  return jsonAnswer(200, { data: { ...factsOf(order, order.amountVnd), ...state } });
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

const checkoutSchema = z.object({
  operation: z.literal('PURCHASE', 'must be PURCHASE'),
  currency: z.literal('VND', 'must be VND'),
  merchant: z.string(),
  order_invoice_number: orderRefSchema,
  order_amount: z.pipe(z.string(), amountInDecimalsSchema),
  order_description: z.string(),
  success_url: z.url(),
  error_url: z.url(),
  cancel_url: z.url(),
});

function readCheckout(
  { signature, ...fields }: Readonly<Record<string, string>>,
  { settings, secrets }: SepayPgAccount,
  now: PlayedOrder['openedAt'],
): VisitReading {
  if (!secrets.some(({ secretKey }) => signForm(fields, secretKey) === signature)) {
    return { ok: false, why: 'the signature does not fit the fields in their order' };
  }
  const checkout = checkoutSchema.safeParse(fields);
  if (!checkout.success) return { ok: false, why: faultsOf(checkout.error) };
  const { merchant, success_url, error_url, cancel_url } = checkout.data;
  if (merchant !== settings.merchantId) return { ok: false, why: 'merchant is not that of the account' };
  return {
    ok: true,
    order: {
      orderRef: checkout.data.order_invoice_number,
      amountVnd: checkout.data.order_amount,
      description: checkout.data.order_description,
      returnUrl: success_url,
      openedAt: now,
      echoed: { success_url, error_url, cancel_url },
    },
  };
}
