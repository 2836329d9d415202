import type { QueryReading } from '../answer-readings.ts';
import type { OpeningAnswer } from '../gateway.ts';
import type { HttpAnswer } from '../http-messages.ts';
import { type AnswerFields, readJsonAnswer } from '../json-answers.ts';
import { faultsOf } from '../message-faults.ts';
import { isWebAddress, openPage } from '../payment-page.ts';
import { type ApiAnswer, apiAnswerSchema, lgspAnswerSchema, queriedPaymentSchema } from './messages.ts';
import { queryStates, requestCodes } from './protocol.ts';
import type { DvcqgAccount } from './settings.ts';

const platform = 'PaymentPlatform';

/** Reads the answer to INIT (§4.1). Only the platform's own code says no; anything doubtful leaves the attempt open. */
export function readInitAnswer(answer: HttpAnswer, orderRef: string, account: DvcqgAccount): OpeningAnswer {
  const parsed = readAnswer(answer, orderRef, account);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { MaLoi: resultCode, UrlThanhToan: url } = parsed.fields;
  const verdict = requestCodes.get(resultCode) ?? 'refused';
  if (verdict === 'refused') return { kind: 'refused', resultCode, why: whyOf(resultCode) };
  return verdict === 'done' ? openPage(url) : { kind: 'unknown', why: whyOf(resultCode) };
}

/** Reads the answer to QUERY (§4.3), which is not known to be signed: it comes over our own TLS connection. */
export function readQueryAnswer(answer: HttpAnswer, orderRef: string, account: DvcqgAccount): QueryReading {
  const parsed = readAnswer(answer, orderRef, account);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { MaLoi: resultCode, TrangThaiGD: state } = parsed.fields;
  if (requestCodes.get(resultCode) !== 'done') return { kind: 'unknown', why: whyOf(resultCode) };
  const result = queryStates.get(state);
  if (result === undefined) return { kind: 'unknown', why: `${platform} answered with an unknown TrangThaiGD` };
  const payment = queriedPaymentSchema.safeParse(parsed.fields);
  if (!payment.success) return { kind: 'unknown', why: faultsOf(payment.error) };
  const { SoTien: amountVnd, MaGiaoDich: transactionId, MaNganHang: bankCode } = payment.data;
  // Without its id the money could not be known again in CONFIRM.
  if (result === 'paid' && transactionId === null) return { kind: 'unknown', why: 'MaGiaoDich is missing' };
  return {
    kind: 'notice',
    notice: {
      gateway: 'dvcqg',
      merchant: account.merchant,
      orderRef,
      transactionId,
      amountVnd,
      result,
      resultCode: state,
      // Whether ThoiGianGD is here the time of the payment or of the answer is not known.
      paidAt: null,
      ...(bankCode !== undefined && { bankCode }),
    },
  };
}

/** What the platform gave for a voucher. */
export type BillReading =
  | { readonly kind: 'address'; readonly url: string }
  /** The answer is the PDF itself: it must be fetched as bytes, since a text has lost some of them. */
  | { readonly kind: 'document' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Reads the answer to GET_BILL (§4.3): one integration gets an address, the other a PDF. */
export function readBillAnswer(answer: HttpAnswer, orderRef: string, account: DvcqgAccount): BillReading {
  if (answer.body.startsWith('%PDF-')) return { kind: 'document' };
  const parsed = readAnswer(answer, orderRef, account);
  if (!parsed.ok) return { kind: 'unknown', why: parsed.why };
  const { MaLoi: resultCode, UrlBienLai: url } = parsed.fields;
  if (requestCodes.get(resultCode) !== 'done') return { kind: 'unknown', why: whyOf(resultCode) };
  return isWebAddress(url)
    ? { kind: 'address', url }
    : { kind: 'unknown', why: 'the answer holds no address of a voucher' };
}

/** An answer counts when it speaks of our order and of us, where it says of whom it speaks. */
function readAnswer(answer: HttpAnswer, orderRef: string, account: DvcqgAccount): AnswerFields<ApiAnswer> {
  const unwrapped = account.settings.throughLgsp ? unwrap(answer) : { ok: true as const, fields: answer };
  if (!unwrapped.ok) return unwrapped;
  const parsed = readJsonAnswer(platform, unwrapped.fields, apiAnswerSchema);
  if (!parsed.ok) return parsed;
  const { MaThamChieu: answered, MaDoiTac: partner } = parsed.fields;
  if (answered !== '' && answered !== orderRef) return { ok: false, why: 'the answer speaks of another order' };
  if (partner !== '' && account.secrets.every(({ maDoiTac }) => maDoiTac !== partner)) {
    return { ok: false, why: 'the answer speaks of another partner' };
  }
  return parsed;
}

function unwrap(answer: HttpAnswer): AnswerFields<HttpAnswer> {
  const wrapped = readJsonAnswer('LGSP', answer, lgspAnswerSchema);
  if (!wrapped.ok) return wrapped;
  const { error_code: code, message } = wrapped.fields;
  return code === '0'
    ? { ok: true, fields: { ...answer, body: message } }
    : { ok: false, why: `LGSP answered with error_code ${code.slice(0, 20)}` };
}

function whyOf(resultCode: string): string {
  return `${platform} answered with MaLoi ${resultCode}`;
}
