import { defineGateway } from '../define-gateway.ts';
import { answerCallback, readCallback } from './callback.ts';
import { refundingOf } from './refunds.ts';
import { askAttempt, buildCreate, buildQuery, buildRefund, buildRefundQuery, openAttempt } from './requests.ts';
import { momoAccountSchema, momoSecretSchema, testApiBaseUrl } from './settings.ts';

/** MoMo payment gateway v2 (gateway specification §2). */
export const momo = defineGateway({
  name: 'momo',
  label: 'Ví MoMo',
  accountSchema: momoAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  askAttempt,
  refundingOf,
  wire: {
    create: (fields, secrets) => buildCreate(fields, momoSecretSchema.parse(secrets), testApiBaseUrl),
    query: (fields, secrets) => buildQuery(fields, momoSecretSchema.parse(secrets), testApiBaseUrl),
    refund: (fields, secrets) => buildRefund(fields, momoSecretSchema.parse(secrets), testApiBaseUrl),
    'query-refund': (fields, secrets) => buildRefundQuery(fields, momoSecretSchema.parse(secrets), testApiBaseUrl),
  },
});
