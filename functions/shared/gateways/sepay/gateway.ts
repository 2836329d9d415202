import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { answerCallback, readCallback } from './callback.ts';
import { attemptRefOfCode, paymentCodeOf } from './payment-code.ts';
import { openAttempt } from './requests.ts';
import { sepayAccountSchema } from './settings.ts';

/** Bank transfers that SePay watches for us (gateway specification §5.2). */
export const sepay: Gateway = {
  name: 'sepay',
  label: 'Chuyển khoản (SePay)',
  connect,
  wire: {},
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(sepay.label, sepayAccountSchema, merchantAccount);
  const { codePrefix } = account.settings;
  return {
    readCallback: (request, now) => readCallback(request, now, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    gatewayRefOf: (attemptRef) => paymentCodeOf(attemptRef, codePrefix),
    attemptRefOf: (orderRef) => attemptRefOfCode(orderRef, codePrefix),
    identityOf: transactionIdentityOf,
  };
}
