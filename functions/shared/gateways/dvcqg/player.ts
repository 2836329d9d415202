import { randomBytes, randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import { instantOfVietnamTime, vietnamTimeOf } from '#shared/domain/calendar.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { optionalTextSchema } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { comesTo } from '../played-address.ts';
import { readPlayedJson } from '../played-requests.ts';
import type { GatewayPlayer, PlayedBook, PlayedNews, PlayedOrder, PlayedRequest } from '../player.ts';
import { amountInDongSchema } from '../wire-amounts.ts';
import { orderRefSchema } from '../wire-fields.ts';
import { paidCode } from './protocol.ts';
import { type DvcqgAccount, type DvcqgSecret, dvcqgAccountSchema, dvcqgSecretSchema } from './settings.ts';
import { signMessage, verifyMessage } from './signer.ts';

/** PaymentPlatform: INIT, QUERY and CONFIRM (§4). It sends no browser back: INIT has no field for an address. */
export const player: GatewayPlayer = {
  makeSecret: () => ({
    maDoiTac: `DT${randomInt(100_000, 1_000_000)}`,
    secretKey: randomBytes(24).toString('base64url'),
    lgspToken: randomBytes(24).toString('base64url'),
  }),

  signCallback(order, news, merchantAccount) {
    const secret = dvcqgSecretSchema.parse(merchantAccount.secrets[0]);
    const values = confirmOf(order, news, secret);
    const body = JSON.stringify({ ...values, MaXacThuc: signMessage('confirm', values, secret) });
    return {
      method: 'POST',
      rawQuery: '',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(body),
    };
  },

  async answer(request, book, merchantAccount) {
    const account = dvcqgAccountSchema.parse(merchantAccount);
    const { initUrl, queryUrl } = account.settings;
    if (comesTo(initUrl, request)) return passLgsp(request, account, await open(request, book, account));
    if (comesTo(queryUrl, request)) return passLgsp(request, account, tell(request, book, account));
    return undefined;
  },
};

// Made up, as all refusals here: of the codes for a no, none is public (§4.2).
const failedCode = '24';
const unauthentic = { MaLoi: '97', MoTaLoi: 'Sai mã xác thực' };
const unreadable = { MaLoi: '03', MoTaLoi: 'Bản tin không hợp lệ' };
const unknownOrder = { MaLoi: '01', MoTaLoi: 'Không tìm thấy giao dịch' };
const done = { MaLoi: paidCode, MoTaLoi: 'Thành công' };

const bank = 'VNPTPAY';

function confirmOf(order: PlayedOrder, news: PlayedNews, { maDoiTac }: DvcqgSecret) {
  return {
    LoaiBanTin: 'CONFIRM',
    MaLoi: news.result === 'paid' ? paidCode : failedCode,
    MaDoiTac: maDoiTac,
    MaThamChieu: order.orderRef,
    SoTien: news.amountVnd,
    MaTienTe: 'VND',
    MaGiaoDich: news.transactionNo ?? '',
    MaNganHang: bank,
    ThoiGianGD: vietnamTimeOf(news.at),
    ThongTinGiaoDich: order.description,
  };
}

type Answer = Readonly<Record<string, string | number>>;

const requestSchema = z.record(z.string(), z.unknown());

const initSchema = z.object({
  LoaiBanTin: z.literal('INIT'),
  MaThamChieu: orderRefSchema,
  SoTien: z.pipe(optionalTextSchema, amountInDongSchema),
  ThongTinGiaoDich: z.string(),
  ThoiGianGD: z.string(),
});

async function open(request: PlayedRequest, book: PlayedBook, { secrets }: DvcqgAccount): Promise<Answer> {
  const values = readPlayedJson(request, requestSchema) ?? {};
  if (!isOurs(values, secrets) || !verifyMessage('init', values, secrets)) return unauthentic;
  const init = initSchema.safeParse(values);
  if (!init.success) return unreadable;
  const { MaThamChieu: orderRef, SoTien: amountVnd, ThongTinGiaoDich: description, ThoiGianGD: time } = init.data;
  const openedAt = instantOfVietnamTime(time);
  if (openedAt === undefined) return unreadable;
  const url = await book.open({ orderRef, amountVnd, description, openedAt });
  return { ...done, MaDoiTac: secrets[0].maDoiTac, MaThamChieu: orderRef, UrlThanhToan: url };
}

const querySchema = z.object({ LoaiBanTin: z.literal('QUERY'), MaThamChieu: orderRefSchema });

function tell(request: PlayedRequest, book: PlayedBook, { secrets }: DvcqgAccount): Answer {
  const values = readPlayedJson(request, requestSchema) ?? {};
  if (!isOurs(values, secrets) || !verifyMessage('inquiry', values, secrets)) return unauthentic;
  const query = querySchema.safeParse(values);
  if (!query.success) return unreadable;
  const { MaThamChieu: orderRef } = query.data;
  const order = book.find(orderRef);
  const whose = { MaDoiTac: secrets[0].maDoiTac, MaThamChieu: orderRef };
  return order === undefined ? { ...unknownOrder, ...whose } : { ...done, ...whose, ...factsOf(order) };
}

function factsOf({ amountVnd, lastNews }: PlayedOrder): Answer {
  if (lastNews === undefined) return { SoTien: amountVnd, MaGiaoDich: '', MaNganHang: '', TrangThaiGD: '3' };
  return {
    SoTien: lastNews.amountVnd,
    MaGiaoDich: lastNews.transactionNo ?? '',
    MaNganHang: bank,
    TrangThaiGD: lastNews.result === 'paid' ? '1' : '4',
  };
}

function isOurs(values: Readonly<Record<string, unknown>>, secrets: readonly DvcqgSecret[]): boolean {
  return secrets.some(({ maDoiTac }) => maDoiTac === values['MaDoiTac']);
}

/** Where the province's LGSP stands between, it wants its token and puts the answer as a text into its own (§4.1). */
function passLgsp({ headers }: PlayedRequest, { settings, secrets }: DvcqgAccount, answer: Answer): HttpAnswer {
  if (!settings.throughLgsp) return jsonAnswer(200, answer);
  const isKnown = secrets.some(({ lgspToken }) => headers['authorization'] === `Bearer ${lgspToken}`);
  return isKnown
    ? jsonAnswer(200, { error_code: '0', message: JSON.stringify(answer) })
    : jsonAnswer(401, { error_code: '-1', message: 'Token không hợp lệ' });
}
