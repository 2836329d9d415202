import { claimOf } from '../claimed-ref.ts';
import { readFormValues } from '../form-fields.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { readJson, readJsonBody } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { callbackAnswers, resultOfReturn } from './codes.ts';
import { callbackSchema, paymentSchema, readableFactsSchema, returnSchema } from './messages.ts';
import type { ZalopayAccount } from './settings.ts';
import { verifyCallback, verifyReturn } from './signer.ts';

/** Reads a callback, or the address that the browser came back to: authentic first, then readable, then ours. */
export function readCallback(request: CallbackRequest, account: ZalopayAccount): CallbackReading {
  return request.method === 'GET' ? readReturn(request.rawQuery, account) : readMessage(request.body, account);
}

function readMessage(body: Uint8Array, account: ZalopayAccount): CallbackReading {
  const json = readJsonBody(body);
  if (!json.ok) return { kind: 'bad-signature', why: json.why };
  const message = callbackSchema.safeParse(json.value);
  if (!message.success) return { kind: 'bad-signature', why: faultsOf(message.error) };
  const { data, mac } = message.data;
  const keys = account.secrets.map(({ key2 }) => key2);
  if (!verifyCallback(data, mac, keys)) {
    return {
      kind: 'bad-signature',
      why: 'mac is missing or wrong: forged, or signed with another key2',
      ...claimOf(readableFactsSchema.parse(contentOf(data)).app_trans_id),
    };
  }
  return readData(data, account);
}

/** ZaloPay calls for payments that succeeded, and for no others (§3.1). */
function readData(data: string, account: ZalopayAccount): CallbackReading {
  const json = readJson(data);
  const content = json.ok ? json.value : undefined;
  const payment = paymentSchema.safeParse(content);
  if (!payment.success) {
    const facts = readableFactsSchema.parse(content);
    return {
      kind: 'malformed',
      orderRef: facts.app_trans_id,
      transactionId: facts.zp_trans_id,
      paidAt: facts.server_time,
      why: json.ok ? faultsOf(payment.error) : `data: ${json.why}`,
    };
  }
  const {
    app_id: appId,
    app_trans_id: orderRef,
    zp_trans_id: transactionId,
    amount,
    server_time: paidAt,
  } = payment.data;
  return {
    kind: 'notice',
    notice: {
      gateway: 'zalopay',
      merchant: account.merchant,
      orderRef,
      transactionId,
      amountVnd: amount,
      result: 'paid',
      // The message has no code: this is what a query would answer.
      resultCode: '1',
      paidAt,
    },
    ...foreignAccount(appId, account),
  };
}

function contentOf(data: string): unknown {
  const json = readJson(data);
  return json.ok ? json.value : undefined;
}

/** The address of the return page (§3.4), which names no transaction and no time. */
function readReturn(rawQuery: string, account: ZalopayAccount): CallbackReading {
  const form = readFormValues(rawQuery);
  if (!form.ok) return { kind: 'bad-signature', why: form.why };
  const { returnKey } = account.settings;
  const keys = account.secrets.map((secret) => secret[returnKey]);
  if (!verifyReturn(form.value, keys)) {
    return {
      kind: 'bad-signature',
      why: `checksum is missing or wrong: forged, or signed with another ${returnKey}`,
      ...claimOf(form.value['apptransid']),
    };
  }
  const address = returnSchema.safeParse(form.value);
  if (!address.success) {
    return { kind: 'malformed', orderRef: null, transactionId: null, paidAt: null, why: faultsOf(address.error) };
  }
  const { appid, apptransid, amount, status } = address.data;
  return {
    kind: 'notice',
    notice: {
      gateway: 'zalopay',
      merchant: account.merchant,
      orderRef: apptransid,
      transactionId: null,
      amountVnd: amount,
      result: resultOfReturn(status),
      resultCode: status,
      paidAt: null,
    },
    ...foreignAccount(appid, account),
  };
}

function foreignAccount(appId: string, account: ZalopayAccount): { foreignAccount?: string } {
  return account.secrets.some((secret) => secret.appId === appId) ? {} : { foreignAccount: appId };
}

/** Always HTTP 200 with this JSON, even for a wrong mac (§3.2). */
export function answerCallback(outcome: CallbackOutcome): HttpAnswer {
  return jsonAnswer(200, callbackAnswers[outcome]);
}
