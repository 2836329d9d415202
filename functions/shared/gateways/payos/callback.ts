import { acknowledgementOf } from '../acknowledgement.ts';
import { claimOf } from '../claimed-ref.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { readJsonBody } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { callbackAnswers, resultOfPayment } from './codes.ts';
import { claimedOrderSchema, messageSchema, paymentSchema, readableFactsSchema } from './messages.ts';
import type { PayosAccount } from './settings.ts';
import { type SignedValues, verifyMessage } from './signer.ts';

/** Reads a callback: authentic first, then readable. The address that the browser comes back to is not signed. */
export function readCallback(request: Pick<CallbackRequest, 'body'>, account: PayosAccount): CallbackReading {
  const json = readJsonBody(request.body);
  if (!json.ok) return { kind: 'bad-signature', why: json.why };
  const message = messageSchema.safeParse(json.value);
  if (!message.success) return { kind: 'bad-signature', why: faultsOf(message.error) };
  const values = verifyMessage(message.data, account.secrets);
  if (values === undefined) {
    return {
      kind: 'bad-signature',
      why: 'signature is missing or wrong: forged, or signed with another checksum key',
      ...claimOf(claimedOrderSchema.safeParse(message.data.data).data?.orderCode),
    };
  }
  return readSignedValues(values, account);
}

/** Only the signed values are read: `code`, `desc` and `success` outside are anybody's words (§5.1). */
function readSignedValues(values: SignedValues, account: PayosAccount): CallbackReading {
  const payment = paymentSchema.safeParse(values);
  if (!payment.success) {
    const facts = readableFactsSchema.parse(values);
    return {
      kind: 'malformed',
      orderRef: facts.orderCode,
      transactionId: facts.reference,
      paidAt: resultOfPayment(facts.code) === 'paid' ? facts.transactionDateTime : null,
      why: faultsOf(payment.error),
    };
  }
  const { orderCode, amount, code, reference, transactionDateTime, counterAccountBankId: bankCode } = payment.data;
  const result = resultOfPayment(code);
  return {
    kind: 'notice',
    notice: {
      gateway: 'payos',
      merchant: account.merchant,
      orderRef: orderCode,
      transactionId: reference,
      amountVnd: amount,
      result,
      resultCode: code,
      paidAt: result === 'paid' ? transactionDateTime : null,
      ...(bankCode !== undefined && { bankCode }),
    },
  };
}

/** A status tells payOS whether we have it (§5.1). */
export function answerCallback(outcome: CallbackOutcome): HttpAnswer {
  const acknowledgement = acknowledgementOf(outcome);
  return jsonAnswer(callbackAnswers[acknowledgement], { success: acknowledgement === 'recorded' });
}
