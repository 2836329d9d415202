import { readAttemptRef } from '#shared/domain/attempt-ref.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import type { Gateway, GatewayConnection, MerchantAccount } from '../gateway.ts';
import { readMerchantAccount } from '../merchant-account.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { answerCallback, readCallback } from './callback.ts';
import { buildCreate, buildQuery, buildRefund, buildRefundQuery, openAttempt } from './requests.ts';
import { requestSecretSchema, sandboxApiBaseUrl, zalopayAccountSchema } from './settings.ts';

/** ZaloPay v2 (gateway specification §3). */
export const zalopay: Gateway = {
  name: 'zalopay',
  label: 'ZaloPay',
  connect,
  wire: {
    create: (fields, secrets) => buildCreate(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
    query: (fields, secrets) => buildQuery(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
    refund: (fields, secrets) => buildRefund(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
    'query-refund': (fields, secrets) =>
      buildRefundQuery(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
  },
};

function connect(merchantAccount: MerchantAccount): GatewayConnection {
  const account = readMerchantAccount(zalopay.label, zalopayAccountSchema, merchantAccount);
  return {
    readCallback: (request) => readCallback(request, account),
    answerCallback,
    openAttempt: (order) => openAttempt(order, account),
    // ZaloPay wants the Vietnamese day of the order's making in front (§3.3).
    gatewayRefOf: (attemptRef, openedAt) => `${vietnamTimeOf(openedAt).slice(2, 8)}_${attemptRef}`,
    attemptRefOf,
    identityOf: transactionIdentityOf,
  };
}

function attemptRefOf(orderRef: string): string | undefined {
  const attemptRef = orderRef.replace(/^\d{6}_/, '');
  return attemptRef !== orderRef && readAttemptRef(attemptRef) !== undefined ? attemptRef : undefined;
}
