import { claimOf } from '../claimed-ref.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { readJsonBody } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { paymentSchema, readableFactsSchema, type SignedConfirm, signedConfirmSchema } from './messages.ts';
import { confirmAnswers, echoedNames, paidCode } from './protocol.ts';
import type { DvcqgAccount } from './settings.ts';
import { verifyMessage } from './signer.ts';

/** Reads CONFIRM: authentic first, then readable, then ours (§0 rule 1). */
export function readCallback(request: CallbackRequest, account: DvcqgAccount): CallbackReading {
  const json = readJsonBody(request.body);
  if (!json.ok) return { kind: 'bad-signature', why: json.why };
  const message = signedConfirmSchema.safeParse(json.value);
  if (!message.success) return { kind: 'bad-signature', why: faultsOf(message.error) };
  if (!verifyMessage('confirm', message.data, account.secrets)) {
    return {
      kind: 'bad-signature',
      why: 'MaXacThuc is missing or wrong: forged, or made with another secret key',
      ...claimOf(message.data.MaThamChieu),
    };
  }
  return readSignedMessage(message.data, account);
}

function readSignedMessage(message: SignedConfirm, account: DvcqgAccount): CallbackReading {
  const payment = paymentSchema.safeParse(message);
  if (!payment.success) {
    const facts = readableFactsSchema.parse(message);
    return {
      kind: 'malformed',
      orderRef: facts.MaThamChieu,
      transactionId: facts.MaGiaoDich,
      paidAt: facts.MaLoi === paidCode ? facts.ThoiGianGD : null,
      why: faultsOf(payment.error),
    };
  }
  const { MaLoi: resultCode, MaDoiTac: partner, MaNganHang: bankCode } = payment.data;
  const isPaid = resultCode === paidCode;
  return {
    kind: 'notice',
    notice: {
      gateway: 'dvcqg',
      merchant: account.merchant,
      orderRef: payment.data.MaThamChieu,
      transactionId: payment.data.MaGiaoDich,
      amountVnd: payment.data.SoTien,
      result: isPaid ? 'paid' : 'failed',
      resultCode,
      paidAt: isPaid ? payment.data.ThoiGianGD : null,
      ...(bankCode !== undefined && { bankCode }),
    },
    ...(account.secrets.every(({ maDoiTac }) => maDoiTac !== partner) && { foreignAccount: partner }),
  };
}

/** The answer repeats what it answers to, for a message that was believed (§4.2). */
export function answerCallback(outcome: CallbackOutcome, request: CallbackRequest): HttpAnswer {
  return jsonAnswer(200, { ...confirmAnswers[outcome], ...(outcome === 'bad_signature' ? {} : echoOf(request)) });
}

function echoOf(request: CallbackRequest): Readonly<Record<string, string>> {
  const json = readJsonBody(request.body);
  const message = signedConfirmSchema.safeParse(json.ok ? json.value : undefined);
  if (!message.success) return {};
  const values = new Map(Object.entries(message.data));
  return Object.fromEntries(echoedNames.map((name) => [name, values.get(name) ?? '']));
}
