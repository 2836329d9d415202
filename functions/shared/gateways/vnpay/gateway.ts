import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { plainReferences } from '../plain-references.ts';
import { answerCallback, readCallback } from './callback.ts';
import { buildPaymentAddress, buildQuery, buildRefund, openAttempt } from './requests.ts';
import { sandboxAddresses, vnpayAccountSchema, vnpaySecretSchema } from './settings.ts';

/** VNPAY 2.1.0, "Cổng thanh toán PAY" (gateway specification §1). */
export const vnpay: Gateway = {
  name: 'vnpay',
  label: 'VNPAY',
  connect,
  wire: {
    create: (fields, secrets) => buildPaymentAddress(fields, vnpaySecretSchema.parse(secrets), sandboxAddresses.payUrl),
    query: (fields, secrets) => buildQuery(fields, vnpaySecretSchema.parse(secrets), sandboxAddresses.apiUrl),
    refund: (fields, secrets) => buildRefund(fields, vnpaySecretSchema.parse(secrets), sandboxAddresses.apiUrl),
  },
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(vnpay.label, vnpayAccountSchema, merchantAccount);
  return {
    readCallback: (request) => readCallback(request, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    ...plainReferences,
    identityOf: transactionIdentityOf,
  };
}
