import { randomBytes, randomInt } from 'node:crypto';
import type { Instant } from '#schemas/ids.ts';
import { instantOfVietnamTime, vietnamTimeOf } from '#shared/domain/calendar.ts';
import { readForm } from '../form-fields.ts';
import { comesTo } from '../played-address.ts';
import type { GatewayPlayer, PlayedNews, PlayedOrder, PlayedRequest, VisitReading } from '../player.ts';
import { answerApi, codesOf } from './player-answers.ts';
import { type VnpayAccount, vnpayAccountSchema } from './settings.ts';
import { signForm, verifyForm } from './signer.ts';

/** VNPAY's own side of the protocol (gateway specification §1). */
export const player: GatewayPlayer = {
  makeSecret,
  // The IPN and the return address carry the same fields (§1.1, §1.5).
  signCallback: (order, news, merchantAccount) => ({
    method: 'GET',
    rawQuery: signNews(order, news, vnpayAccountSchema.parse(merchantAccount)),
    headers: {},
    body: new Uint8Array(),
  }),
  returnAddress: ({ returnUrl, ...order }, news, merchantAccount) =>
    returnUrl === undefined
      ? undefined
      : `${returnUrl}?${signNews(order, news, vnpayAccountSchema.parse(merchantAccount))}`,
  readVisit: (visit, merchantAccount, now) => readPaymentAddress(visit, vnpayAccountSchema.parse(merchantAccount), now),
  answer: (request, book, merchantAccount) => answerApi(request, book, vnpayAccountSchema.parse(merchantAccount)),
};

const tmnLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function makeSecret() {
  const letters = Array.from({ length: 8 }, () => tmnLetters[randomInt(tmnLetters.length)]);
  return { tmnCode: letters.join(''), hashSecret: randomBytes(24).toString('base64url') };
}

/** The payment address (§1.6), believed when one of the terminal's secrets signed it. */
function readPaymentAddress(visit: PlayedRequest, { settings, secrets }: VnpayAccount, now: Instant): VisitReading {
  if (!comesTo(settings.payUrl, visit)) return { ok: false, why: 'VNPAY has no page at this address' };
  const form = readForm(visit.rawQuery);
  if (!form.ok) return { ok: false, why: form.why };
  const fields = new Map(form.fields.map(({ name, value }) => [name, value]));
  const terminal = fields.get('vnp_TmnCode') ?? '(none)';
  if (secrets.every(({ tmnCode }) => tmnCode !== terminal)) return { ok: false, why: `no terminal ${terminal}` };
  const hashSecrets = secrets.map(({ hashSecret }) => hashSecret);
  return verifyForm(form.fields, hashSecrets)
    ? { ok: true, order: readOrder(fields, now) }
    : { ok: false, why: 'vnp_SecureHash does not fit the fields' };
}

/** VNPAY knows the callback address from the contract, not from the order (§1.1). */
function readOrder(fields: ReadonlyMap<string, string>, now: Instant): PlayedOrder {
  return {
    orderRef: fields.get('vnp_TxnRef') ?? '',
    amountVnd: Number(fields.get('vnp_Amount')) / 100,
    description: fields.get('vnp_OrderInfo') ?? '',
    returnUrl: fields.get('vnp_ReturnUrl'),
    openedAt: instantOfVietnamTime(fields.get('vnp_CreateDate') ?? '') ?? now,
    expiresAt: instantOfVietnamTime(fields.get('vnp_ExpireDate') ?? ''),
  };
}

function signNews(order: PlayedOrder, news: PlayedNews, { secrets: [secret] }: VnpayAccount): string {
  const { response, status } = codesOf[news.result];
  const tookMoney = news.transactionNo !== undefined;
  const fields = {
    vnp_TmnCode: secret.tmnCode,
    vnp_Amount: String(news.amountVnd * 100),
    vnp_BankCode: tookMoney ? 'NCB' : 'VNPAY',
    vnp_BankTranNo: tookMoney ? `VNP${news.transactionNo}` : undefined,
    vnp_CardType: tookMoney ? 'ATM' : 'QRCODE',
    vnp_PayDate: vietnamTimeOf(news.at),
    vnp_OrderInfo: order.description,
    vnp_TransactionNo: news.transactionNo ?? '0',
    vnp_ResponseCode: response,
    vnp_TransactionStatus: status,
    vnp_TxnRef: order.orderRef,
  };
  return signForm(fields, secret.hashSecret).query;
}
