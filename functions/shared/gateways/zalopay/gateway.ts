import { readAttemptRef } from '#shared/domain/attempt-ref.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { defineGateway } from '../define-gateway.ts';
import { answerCallback, readCallback } from './callback.ts';
import { refundingOf } from './refunds.ts';
import { askAttempt, buildCreate, buildQuery, buildRefund, buildRefundQuery, openAttempt } from './requests.ts';
import { requestSecretSchema, sandboxApiBaseUrl, zalopayAccountSchema } from './settings.ts';

/** ZaloPay v2 (gateway specification §3). */
export const zalopay = defineGateway({
  name: 'zalopay',
  label: 'ZaloPay',
  accountSchema: zalopayAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  askAttempt,
  refundingOf,
  // ZaloPay wants the Vietnamese day of the order's making in front (§3.3).
  referencesOf: () => ({
    gatewayRefOf: (attemptRef, openedAt) => `${vietnamTimeOf(openedAt).slice(2, 8)}_${attemptRef}`,
    attemptRefOf,
  }),
  wire: {
    create: (fields, secrets) => buildCreate(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
    query: (fields, secrets) => buildQuery(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
    refund: (fields, secrets) => buildRefund(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
    'query-refund': (fields, secrets) =>
      buildRefundQuery(fields, requestSecretSchema.parse(secrets), sandboxApiBaseUrl),
  },
});

function attemptRefOf(orderRef: string): string | undefined {
  const attemptRef = orderRef.replace(/^\d{6}_/, '');
  return attemptRef !== orderRef && readAttemptRef(attemptRef) !== undefined ? attemptRef : undefined;
}
