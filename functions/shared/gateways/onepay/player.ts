import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { HttpAnswer } from '../http-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { comesTo } from '../played-address.ts';
import type { GatewayPlayer, PlayedBook, PlayedNews, PlayedOrder, PlayedRequest, VisitReading } from '../player.ts';
import { amountTimesHundredSchema } from '../wire-amounts.ts';
import { orderRefSchema } from '../wire-fields.ts';
import { utcTimeOf } from '../wire-times.ts';
import { type OnepayAccount, type OnepaySecret, onepayAccountSchema } from './settings.ts';
import { readSignedForm, signForm } from './signer.ts';

/** OnePay: its page behind a signed address, its IPN by GET, its return address and queryDR (§5.5). */
export const player: GatewayPlayer = {
  makeSecret: () => ({
    merchantId: `TEST${randomBytes(4).toString('hex').toUpperCase()}`,
    accessCode: randomBytes(4).toString('hex').toUpperCase(),
    hashSecret: randomBytes(16).toString('hex').toUpperCase(),
    queryUser: `user${randomBytes(2).toString('hex')}`,
    queryPassword: randomBytes(12).toString('base64url'),
  }),

  signCallback(order, news, merchantAccount) {
    const [secret] = onepayAccountSchema.parse(merchantAccount).secrets;
    const values = { ...newsOf(order, news, secret), vpc_PaymentTime: utcTimeOf(news.at) };
    return {
      method: 'GET',
      rawQuery: signForm(values, secret.hashSecret).form,
      headers: {},
      body: new Uint8Array(),
    };
  },

  returnAddress(order, news, merchantAccount) {
    const [secret] = onepayAccountSchema.parse(merchantAccount).secrets;
    if (order.returnUrl === undefined) return undefined;
    return `${order.returnUrl}?${signForm(newsOf(order, news, secret), secret.hashSecret).form}`;
  },

  readVisit(visit, merchantAccount, now) {
    const account = onepayAccountSchema.parse(merchantAccount);
    if (!comesTo(account.settings.payUrl, visit)) return { ok: false, why: 'OnePay has no page at this address' };
    const form = readSignedForm(visit.rawQuery, hashSecretsOf(account));
    if (!form.ok) return { ok: false, why: form.why };
    const address = addressSchema.safeParse(form.fields);
    if (!address.success) return { ok: false, why: faultsOf(address.error) };
    return readAddress(address.data, account, now);
  },

  async answer(request, book, merchantAccount) {
    const account = onepayAccountSchema.parse(merchantAccount);
    return comesTo(account.settings.queryUrl, request) ? answerQuery(request, book, account) : undefined;
  },
};

/** 0 paid, 99 cancelled; 100 nothing paid yet, in answers alone; any other code is a failure (§5.5). */
const responseCodes = { paid: '0', failed: '1', cancelled: '99' } as const;

/** The IPN and the return address carry the same fields, but for the time (§5.5). */
function newsOf(order: PlayedOrder, news: PlayedNews, { merchantId }: OnepaySecret): Record<string, string> {
  return {
    vpc_Command: 'pay',
    vpc_Version: '2',
    vpc_Merchant: merchantId,
    vpc_MerchTxnRef: order.orderRef,
    vpc_OrderInfo: order.description,
    vpc_Amount: String(news.amountVnd * 100),
    vpc_TxnResponseCode: responseCodes[news.result],
    vpc_TransactionNo: news.transactionNo ?? '0',
    vpc_Message: news.result === 'paid' ? 'Approved' : 'Declined',
  };
}

const addressSchema = z.object({
  vpc_Command: z.literal('pay', 'must be pay'),
  vpc_Currency: z.literal('VND', 'must be VND'),
  vpc_Merchant: z.string(),
  vpc_AccessCode: z.string(),
  vpc_MerchTxnRef: orderRefSchema,
  vpc_Amount: amountTimesHundredSchema,
  vpc_OrderInfo: z.string(),
  vpc_ReturnURL: z.url(),
  vpc_CallbackURL: z.optional(z.url()),
});

function readAddress(
  address: z.infer<typeof addressSchema>,
  { secrets }: OnepayAccount,
  now: PlayedOrder['openedAt'],
): VisitReading {
  const { vpc_Merchant: merchantId, vpc_AccessCode: accessCode } = address;
  if (!secrets.some((secret) => secret.merchantId === merchantId && secret.accessCode === accessCode)) {
    return { ok: false, why: 'vpc_Merchant and vpc_AccessCode are not those of the account' };
  }
  return {
    ok: true,
    order: {
      orderRef: address.vpc_MerchTxnRef,
      amountVnd: address.vpc_Amount,
      description: address.vpc_OrderInfo,
      returnUrl: address.vpc_ReturnURL,
      callbackUrl: address.vpc_CallbackURL,
      openedAt: now,
    },
  };
}

const querySchema = z.object({
  vpc_Command: z.literal('queryDR'),
  vpc_MerchTxnRef: orderRefSchema,
  vpc_Merchant: z.string(),
  vpc_AccessCode: z.string(),
  vpc_User: z.string(),
  vpc_Password: z.string(),
});

/** queryDR: the IPN's fields behind a word whether there is such an order, signed like it (§5.5). */
function answerQuery({ body }: PlayedRequest, book: PlayedBook, account: OnepayAccount): HttpAnswer {
  const form = readSignedForm(body, hashSecretsOf(account));
  const query = querySchema.safeParse(form.ok ? form.fields : undefined);
  const secret = query.success ? account.secrets.find((known) => isAskedWith(known, query.data)) : undefined;
  if (!query.success || secret === undefined)
    return formAnswer(400, 'vpc_TxnResponseCode=7&vpc_Message=Invalid+request');
  const order = book.find(query.data.vpc_MerchTxnRef);
  const values =
    order === undefined
      ? { vpc_DRExists: 'N', vpc_MerchTxnRef: query.data.vpc_MerchTxnRef }
      : { vpc_DRExists: 'Y', ...factsOf(order, secret) };
  return formAnswer(200, signForm(values, secret.hashSecret).form);
}

function isAskedWith(secret: OnepaySecret, query: z.infer<typeof querySchema>): boolean {
  return (
    secret.merchantId === query.vpc_Merchant &&
    secret.accessCode === query.vpc_AccessCode &&
    secret.queryUser === query.vpc_User &&
    secret.queryPassword === query.vpc_Password
  );
}

function factsOf(order: PlayedOrder, secret: OnepaySecret): Record<string, string> {
  const { lastNews } = order;
  if (lastNews !== undefined) return { ...newsOf(order, lastNews, secret), vpc_PaymentTime: utcTimeOf(lastNews.at) };
  const unpaid = newsOf(order, { result: 'failed', amountVnd: order.amountVnd, at: order.openedAt }, secret);
  return { ...unpaid, vpc_TxnResponseCode: '100', vpc_Message: 'Pending' };
}

function hashSecretsOf({ secrets }: OnepayAccount): readonly string[] {
  return secrets.map(({ hashSecret }) => hashSecret);
}

function formAnswer(status: number, body: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body };
}
