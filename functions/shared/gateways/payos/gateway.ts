import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { plainReferences } from '../plain-references.ts';
import { answerCallback, readCallback } from './callback.ts';
import { buildCreate, openAttempt } from './requests.ts';
import { payosAccountSchema, productionApiBaseUrl, signingSecretSchema } from './settings.ts';

/** payOS payment links (gateway specification §5.1). It has no interface for refunds. */
export const payos: Gateway = {
  name: 'payos',
  label: 'payOS',
  connect,
  wire: {
    create: (fields, secrets) => buildCreate(fields, signingSecretSchema.parse(secrets), productionApiBaseUrl),
  },
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(payos.label, payosAccountSchema, merchantAccount);
  return {
    readCallback: (request) => readCallback(request, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    ...plainReferences,
    // The bank's reference. Where a bank gives none, the link, which our order code names as well as payOS's own id.
    identityOf: transactionIdentityOf,
  };
}
