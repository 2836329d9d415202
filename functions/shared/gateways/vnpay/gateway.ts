import { defineGateway } from '../define-gateway.ts';
import { answerCallback, readCallback } from './callback.ts';
import { refundingOf } from './refunds.ts';
import { askAttempt, buildPaymentAddress, buildQuery, buildRefund, openAttempt } from './requests.ts';
import { sandboxAddresses, vnpayAccountSchema, vnpaySecretSchema } from './settings.ts';

/** VNPAY 2.1.0, "Cổng thanh toán PAY" (gateway specification §1). */
export const vnpay = defineGateway({
  name: 'vnpay',
  label: 'VNPAY',
  accountSchema: vnpayAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  askAttempt,
  refundingOf,
  wire: {
    create: (fields, secrets) => buildPaymentAddress(fields, vnpaySecretSchema.parse(secrets), sandboxAddresses.payUrl),
    query: (fields, secrets) => buildQuery(fields, vnpaySecretSchema.parse(secrets), sandboxAddresses.apiUrl),
    refund: (fields, secrets) => buildRefund(fields, vnpaySecretSchema.parse(secrets), sandboxAddresses.apiUrl),
  },
});
