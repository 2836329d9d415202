import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { plainReferences } from '../plain-references.ts';
import { answerCallback, readCallback } from './callback.ts';
import { buildCreate, buildQuery, buildRefund, openAttempt } from './requests.ts';
import { momoAccountSchema, momoSecretSchema, testApiBaseUrl } from './settings.ts';

/** MoMo payment gateway v2 (gateway specification §2). */
export const momo: Gateway = {
  name: 'momo',
  label: 'Ví MoMo',
  connect,
  wire: {
    create: (fields, secrets) => buildCreate(fields, momoSecretSchema.parse(secrets), testApiBaseUrl),
    query: (fields, secrets) => buildQuery(fields, momoSecretSchema.parse(secrets), testApiBaseUrl),
    refund: (fields, secrets) => buildRefund(fields, momoSecretSchema.parse(secrets), testApiBaseUrl),
  },
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(momo.label, momoAccountSchema, merchantAccount);
  return {
    readCallback: (request) => readCallback(request, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    ...plainReferences,
    identityOf: transactionIdentityOf,
  };
}
