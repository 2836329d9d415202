import type { PaymentNotice } from '#schemas/payment-notice.ts';
import { defineGateway } from '../define-gateway.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { answerCallback, readCallback } from './callback.ts';
import { askAttempt, buildPaymentAddress, buildQuery, openAttempt } from './requests.ts';
import { onepayAccountSchema, onepaySecretSchema, testAddresses } from './settings.ts';

/** OnePay's payment gateway, vpc version 2 (gateway specification §5.5). */
export const onepay = defineGateway({
  name: 'onepay',
  label: 'OnePay',
  accountSchema: onepayAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  askAttempt,
  identityOf,
  wire: {
    create: (fields, secrets) => buildPaymentAddress(fields, onepaySecretSchema.parse(secrets), testAddresses.payUrl),
    query: (fields, secrets) => buildQuery(fields, onepaySecretSchema.parse(secrets), testAddresses.queryUrl),
  },
});

/** OnePay's number is its own only together with our reference (§5.5). */
function identityOf(notice: PaymentNotice): string {
  const identity = transactionIdentityOf(notice);
  return notice.transactionId === null ? identity : `${identity}/${notice.orderRef ?? ''}`;
}
