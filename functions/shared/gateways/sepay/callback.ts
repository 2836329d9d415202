import type { Instant } from '#schemas/ids.ts';
import { acknowledgementOf } from '../acknowledgement.ts';
import type { CallbackOutcome, CallbackReading } from '../gateway.ts';
import type { CallbackRequest, HttpAnswer } from '../http-messages.ts';
import { readJsonBody } from '../json-literals.ts';
import { jsonAnswer } from '../json-messages.ts';
import { faultsOf } from '../message-faults.ts';
import { callbackAnswers } from './codes.ts';
import { readableFactsSchema, webhookSchema } from './messages.ts';
import { findPaymentCode } from './payment-code.ts';
import type { SepayAccount } from './settings.ts';
import { authenticate } from './signer.ts';

/** Reads a webhook: authentic first, then readable, then on our account (§0 rule 1). */
export function readCallback(request: CallbackRequest, account: SepayAccount, now: Instant): CallbackReading {
  switch (authenticate(request, now, account.secrets)) {
    case 'unproved':
      return { kind: 'bad-signature', why: 'signature or key is missing or wrong: forged, or of another secret' };
    case 'expired':
      return { kind: 'expired', why: 'signed more than 300 s from our clock: repeated, or one of the clocks is wrong' };
    case 'authentic':
      return readMovement(request.body, account);
  }
}

function readMovement(body: Uint8Array, account: SepayAccount): CallbackReading {
  const json = readJsonBody(body);
  if (!json.ok) return { kind: 'malformed', orderRef: null, transactionId: null, paidAt: null, why: json.why };
  const movement = webhookSchema.safeParse(json.value);
  const { accountNumber: ours, codePrefix } = account.settings;
  if (!movement.success) {
    const facts = readableFactsSchema.parse(json.value);
    return {
      kind: 'malformed',
      orderRef: findPaymentCode(facts.code, facts.content, codePrefix),
      transactionId: facts.id,
      paidAt: facts.transferType === 'in' ? facts.transactionDate : null,
      why: faultsOf(movement.error),
    };
  }
  const { id, accountNumber, transferType, transferAmount, transactionDate, code, content, gateway } = movement.data;
  return {
    kind: 'notice',
    notice: {
      gateway: 'sepay',
      merchant: account.merchant,
      orderRef: findPaymentCode(code, content, codePrefix),
      transactionId: id,
      amountVnd: transferAmount,
      result: transferType === 'in' ? 'paid' : 'ignored',
      resultCode: transferType,
      paidAt: transferType === 'in' ? transactionDate : null,
      ...(gateway !== undefined && { bankCode: gateway }),
    },
    ...(accountNumber !== ours && { foreignAccount: accountNumber }),
  };
}

export function answerCallback(outcome: CallbackOutcome): HttpAnswer {
  const { status, success } = callbackAnswers[acknowledgementOf(outcome)];
  return jsonAnswer(status, { success });
}
