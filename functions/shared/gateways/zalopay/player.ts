import { randomBytes, randomInt } from 'node:crypto';
import { encodeForm } from '../form-fields.ts';
import type { GatewayPlayer, PlayedNews, PlayedOrder } from '../player.ts';
import { answerApi } from './player-answers.ts';
import { type ZalopayAccount, zalopayAccountSchema } from './settings.ts';
import { signCallbackBody, signMessage } from './signer.ts';

/** ZaloPay's own side of the protocol (gateway specification §3). */
export const player: GatewayPlayer = {
  makeSecret: () => ({
    appId: String(randomInt(10_000, 1_000_000)),
    key1: randomBytes(16).toString('base64url'),
    key2: randomBytes(16).toString('base64url'),
  }),
  // Failure and expiry come from the query alone (§3.1).
  tells: ['paid'],
  signCallback: (order, news, merchantAccount) => ({
    method: 'POST',
    rawQuery: '',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(signData(order, news, zalopayAccountSchema.parse(merchantAccount))),
  }),
  returnAddress: ({ returnUrl, ...order }, news, merchantAccount) =>
    returnUrl === undefined
      ? undefined
      : `${returnUrl}?${signReturn(order, news, zalopayAccountSchema.parse(merchantAccount))}`,
  answer: (request, book, merchantAccount) => answerApi(request, book, zalopayAccountSchema.parse(merchantAccount)),
};

/** §3.1: what the order said is repeated as it was sent. */
function signData(order: PlayedOrder, news: PlayedNews, { secrets: [{ appId, key2 }] }: ZalopayAccount): string {
  const { app_user = '', embed_data = '{}', item = '[]' } = order.echoed ?? {};
  const data = {
    app_id: Number(appId),
    app_trans_id: order.orderRef,
    app_time: Date.parse(order.openedAt),
    app_user,
    amount: news.amountVnd,
    embed_data,
    item,
    zp_trans_id: Number(news.transactionNo ?? 0),
    server_time: Date.parse(news.at),
    channel: 38,
    merchant_user_id: '',
    user_fee_amount: 0,
    discount_amount: 0,
  };
  return signCallbackBody(JSON.stringify(data), key2);
}

/** §3.4: 1 is paid; which negative number stands for which failure is not public. */
const returnStatuses = { paid: '1', failed: '-217', cancelled: '-49' } as const;

function signReturn(order: PlayedOrder, news: PlayedNews, { secrets: [secret], settings }: ZalopayAccount): string {
  const values = {
    appid: secret.appId,
    apptransid: order.orderRef,
    pmcid: '38',
    bankcode: '',
    amount: String(news.amountVnd),
    discountamount: '0',
    status: returnStatuses[news.result],
  };
  const signed = { ...values, checksum: signMessage('returnAddress', values, secret[settings.returnKey]) };
  return encodeForm(Object.entries(signed).map(([name, value]) => ({ name, value })));
}
