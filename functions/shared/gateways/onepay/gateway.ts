import type { PaymentNotice } from '#schemas/payment-notice.ts';
import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { plainReferences } from '../plain-references.ts';
import { answerCallback, readCallback } from './callback.ts';
import { buildPaymentAddress, buildQuery, openAttempt } from './requests.ts';
import { onepayAccountSchema, onepaySecretSchema, testAddresses } from './settings.ts';

/** OnePay's payment gateway, vpc version 2 (gateway specification §5.5). */
export const onepay: Gateway = {
  name: 'onepay',
  label: 'OnePay',
  connect,
  wire: {
    create: (fields, secrets) => buildPaymentAddress(fields, onepaySecretSchema.parse(secrets), testAddresses.payUrl),
    query: (fields, secrets) => buildQuery(fields, onepaySecretSchema.parse(secrets), testAddresses.queryUrl),
  },
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(onepay.label, onepayAccountSchema, merchantAccount);
  return {
    readCallback: (request) => readCallback(request, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    ...plainReferences,
    identityOf,
  };
}

/** OnePay's number is its own only together with our reference (§5.5). */
function identityOf(notice: PaymentNotice): string {
  const identity = transactionIdentityOf(notice);
  return notice.transactionId === null ? identity : `${identity}/${notice.orderRef ?? ''}`;
}
