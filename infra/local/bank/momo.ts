import * as z from 'zod';
import { jsonOrNothing } from '#infra/local/json-or-nothing.ts';
import type { MerchantSecrets } from '#infra/local/secrets.ts';
import { signCallbackBody, signMessage, verifyMessage } from '#shared/gateways/momo/signer.ts';
import { type BankBook, orderIdOf } from './bank-book.ts';
import type { BankOrder, News, PlayedGateway } from './bank-order.ts';

/** Result codes and texts of a result (gateway specification §2.4). */
const results = {
  paid: { resultCode: 0, message: 'Thành công.' },
  failed: { resultCode: 1001, message: 'Giao dịch thất bại do tài khoản người dùng không đủ tiền.' },
  cancelled: { resultCode: 1006, message: 'Giao dịch bị từ chối bởi người dùng.' },
} as const;

/** A create request (§2.5); fields that are not named here are not signed. */
const createSchema = z.object({
  partnerCode: z.string(),
  requestId: z.string().min(1).max(50),
  amount: z.number().int().positive(),
  orderId: z.string().min(1).max(100),
  orderInfo: z.string(),
  redirectUrl: z.url(),
  ipnUrl: z.url(),
  requestType: z.string(),
  extraData: z.string(),
  signature: z.string(),
});

/** MoMo's answer to a request of ours. */
export interface MomoAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
}

/** MoMo v2 as the bank plays it, with the secrets that our functions have too. */
export function playMomo(secrets: MerchantSecrets['momo'], publicBaseUrl: string) {
  const gateway: PlayedGateway = {
    name: 'momo',
    label: 'MoMo',
    signCall: (order, news) => ({
      method: 'POST',
      url: order.callbackUrl,
      body: signCallbackBody(valuesOf(order, news, secrets), secretOf(order, secrets)),
    }),
    returnAddress: (order, news) => {
      const values = valuesOf(order, news, secrets);
      const signature = signMessage('callback', values, secretOf(order, secrets));
      const query = new URLSearchParams({ ...mapToText(values), signature });
      return `${order.returnUrl}?${query.toString()}`;
    },
  };
  const create = async (body: string, book: BankBook, now: Date): Promise<MomoAnswer> => {
    const request = createSchema.safeParse(jsonOrNothing(body));
    if (!request.success) return refuse(20, `Bad format request: ${z.prettifyError(request.error)}`, now);
    const { partnerCode, requestId, orderId } = request.data;
    const [merchant, liveSecrets] =
      Object.entries(secrets).find(([, [signing]]) => signing.partnerCode === partnerCode) ?? [];
    if (merchant === undefined || liveSecrets === undefined || !verifyMessage('create', request.data, liveSecrets)) {
      return refuse(13, 'Merchant authentication failed.', now);
    }
    const known = book.find(orderIdOf({ gateway: 'momo', orderRef: orderId }));
    if (known !== undefined && known.requestId !== requestId) return refuse(41, 'OrderId is duplicated.', now);
    const id = await book.open(readOrder(request.data, merchant));
    const answer = {
      partnerCode,
      requestId,
      orderId,
      amount: request.data.amount,
      responseTime: now.getTime(),
      message: 'Thành công.',
      resultCode: 0,
      payUrl: `${publicBaseUrl}/bank/orders/${encodeURIComponent(id)}`,
    };
    const [signing] = liveSecrets;
    return { status: 200, body: { ...answer, signature: signMessage('createAnswer', answer, signing) } };
  };
  return { ...gateway, create };
}

function readOrder(request: z.infer<typeof createSchema>, merchant: string): BankOrder {
  return {
    gateway: 'momo',
    merchant,
    orderRef: request.orderId,
    amountVnd: request.amount,
    description: request.orderInfo,
    returnUrl: request.redirectUrl,
    callbackUrl: request.ipnUrl,
    requestId: request.requestId,
    calls: [],
  };
}

/** The IPN and the return address carry the same fields (§2.1). */
export function valuesOf(order: BankOrder, news: News, secrets: MerchantSecrets['momo']) {
  return {
    partnerCode: secretOf(order, secrets).partnerCode,
    orderId: order.orderRef,
    requestId: order.requestId ?? '',
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

function secretOf({ merchant }: BankOrder, secrets: MerchantSecrets['momo']) {
  const [secret] = secrets[merchant] ?? [];
  if (secret === undefined) throw new Error(`The bank has no secret of the account ${merchant}.`);
  return secret;
}

export function refuse(resultCode: number, message: string, now: Date): MomoAnswer {
  return { status: 400, body: { resultCode, message, responseTime: now.getTime() } };
}

function mapToText(values: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
