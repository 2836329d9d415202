import { defineGateway } from '../define-gateway.ts';
import { answerCallback, readCallback } from './callback.ts';
import { attemptRefOfCode, paymentCodeOf } from './payment-code.ts';
import { openAttempt } from './requests.ts';
import { sepayAccountSchema } from './settings.ts';

/** Bank transfers that SePay watches for us (gateway specification §5.2). */
export const sepay = defineGateway({
  name: 'sepay',
  label: 'Chuyển khoản (SePay)',
  accountSchema: sepayAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  referencesOf: ({ settings }) => ({
    gatewayRefOf: (attemptRef) => paymentCodeOf(attemptRef, settings.codePrefix),
    attemptRefOf: (orderRef) => attemptRefOfCode(orderRef, settings.codePrefix),
  }),
  wire: {},
});
