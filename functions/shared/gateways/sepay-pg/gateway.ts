import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { plainReferences } from '../plain-references.ts';
import { answerCallback, readCallback } from './callback.ts';
import { buildCheckout, openAttempt } from './requests.ts';
import { sandboxCheckoutUrl, sepayPgAccountSchema, sepayPgSecretSchema } from './settings.ts';

/** SePay's payment gateway, with a page of its own (gateway specification §5.3). */
export const sepayPg: Gateway = {
  name: 'sepay-pg',
  label: 'Cổng thanh toán SePay',
  connect,
  wire: {
    create: (fields, secrets) => buildCheckout(fields, sepayPgSecretSchema.parse(secrets), sandboxCheckoutUrl),
  },
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(sepayPg.label, sepayPgAccountSchema, merchantAccount);
  return {
    readCallback: (request) => readCallback(request, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    ...plainReferences,
    identityOf: transactionIdentityOf,
  };
}
