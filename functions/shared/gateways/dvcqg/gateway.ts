import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { plainReferences } from '../plain-references.ts';
import { answerCallback, readCallback } from './callback.ts';
import { buildInit, buildInquiry, openAttempt } from './requests.ts';
import { dvcqgAccountSchema, dvcqgSecretSchema } from './settings.ts';

/** PaymentPlatform of the National Public Service Portal (gateway specification §4). */
export const dvcqg: Gateway = {
  name: 'dvcqg',
  label: 'Cổng Dịch vụ công quốc gia',
  connect,
  wire: {
    init: (fields, secrets) => buildInit(fields, dvcqgSecretSchema.parse(secrets)),
    query: (fields, secrets) => buildInquiry(fields, dvcqgSecretSchema.parse(secrets)),
    'get-bill': (fields, secrets) => buildInquiry(fields, dvcqgSecretSchema.parse(secrets)),
  },
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(dvcqg.label, dvcqgAccountSchema, merchantAccount);
  return {
    readCallback: (request) => readCallback(request, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    ...plainReferences,
    identityOf: transactionIdentityOf,
  };
}
