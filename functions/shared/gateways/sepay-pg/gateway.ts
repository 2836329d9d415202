import { defineGateway } from '../define-gateway.ts';
import { answerCallback, readCallback } from './callback.ts';
import { askAttempt, buildCheckout, openAttempt } from './requests.ts';
import { sandboxCheckoutUrl, sepayPgAccountSchema, sepayPgSecretSchema } from './settings.ts';

/** SePay's payment gateway, with a page of its own (gateway specification §5.3). */
export const sepayPg = defineGateway({
  name: 'sepay-pg',
  label: 'Cổng thanh toán SePay',
  accountSchema: sepayPgAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  askAttempt,
  confirmAboveVndOf: ({ settings }) => settings.confirmAboveVnd,
  wire: {
    create: (fields, secrets) => buildCheckout(fields, sepayPgSecretSchema.parse(secrets), sandboxCheckoutUrl),
  },
});
