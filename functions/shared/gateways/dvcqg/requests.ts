import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import type { AttemptInquiry, AttemptOpening, AttemptOrder, AttemptQuestion, WireRequest } from '../gateway.ts';
import { jsonPost } from '../json-messages.ts';
import { bareDescription } from '../plain-description.ts';
import { readInitAnswer, readQueryAnswer } from './answers.ts';
import { billOf } from './bill.ts';
import { type InitFields, initFieldsSchema, inquiryFieldsSchema } from './messages.ts';
import { initConstants, languages } from './protocol.ts';
import type { DvcqgAccount, DvcqgSecret } from './settings.ts';
import { type DvcqgMessage, type DvcqgValues, signedTextOf, signMessage } from './signer.ts';

/** First step of an attempt: the platform is asked for the address of its page. */
export function openAttempt(order: AttemptOrder, account: DvcqgAccount): AttemptOpening {
  const description = bareDescription(order.description, 255);
  const fields: InitFields = {
    ...initConstants,
    PhienBan: account.settings.version,
    MaThamChieu: order.gatewayRef,
    SoTien: String(order.amountVnd),
    NgonNgu: languages[order.locale],
    ThongTinGiaoDich: description,
    ThoiGianGD: vietnamTimeOf(order.openedAt),
    Ip: order.clientIp,
    ThongTinBienLai: billOf(order.charges, description, account.settings),
  };
  const { body } = buildInit(fields, account.secrets[0]);
  const request = jsonPost(account.settings.initUrl, body);
  return {
    kind: 'request',
    request: { ...request, headers: { ...request.headers, ...lgspHeaders(account) } },
    readAnswer: (answer) => readInitAnswer(answer, order.gatewayRef, account),
  };
}

/** Asks what became of an attempt (§4.3). */
export function askAttempt({ gatewayRef, askedAt }: AttemptQuestion, account: DvcqgAccount): AttemptInquiry {
  const fields = {
    LoaiBanTin: 'QUERY',
    PhienBan: account.settings.version,
    MaThamChieu: gatewayRef,
    ThoiGianGD: vietnamTimeOf(askedAt),
  };
  const { body } = buildInquiry(fields, account.secrets[0]);
  const request = jsonPost(account.settings.queryUrl, body);
  return {
    request: { ...request, headers: { ...request.headers, ...lgspHeaders(account) } },
    readAnswer: (answer) => readQueryAnswer(answer, gatewayRef, account),
  };
}

function lgspHeaders({ settings, secrets }: DvcqgAccount): Readonly<Record<string, string>> {
  const { lgspToken } = secrets[0];
  return settings.throughLgsp && lgspToken !== undefined ? { authorization: `Bearer ${lgspToken}` } : {};
}

// The platform has no public address: builders leave it to the account.
type SignedBody = WireRequest & Required<Pick<WireRequest, 'body'>>;

/** Creates a payment (§4.1). */
export function buildInit(fields: unknown, secret: DvcqgSecret): SignedBody {
  return signRequest('init', initFieldsSchema.parse(fields), secret);
}

/** Asks what became of a payment, or for the voucher that the portal made (§4.3): `QUERY` or `GET_BILL`. */
export function buildInquiry(fields: unknown, secret: DvcqgSecret): SignedBody {
  return signRequest('inquiry', inquiryFieldsSchema.parse(fields), secret);
}

function signRequest(message: DvcqgMessage, fields: DvcqgValues, secret: DvcqgSecret): SignedBody {
  const values = { ...fields, MaDoiTac: secret.maDoiTac };
  const signature = signMessage(message, values, secret);
  // The signed text holds the key: where the text is shown, as here, a mask stands for it.
  return {
    signedText: signedTextOf(message, values, '<secretKey>'),
    signature,
    method: 'POST',
    body: { ...values, MaXacThuc: signature },
  };
}
