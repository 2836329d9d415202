import { defineGateway } from '../define-gateway.ts';
import { answerCallback, readCallback } from './callback.ts';
import { askAttempt, buildInit, buildInquiry, openAttempt } from './requests.ts';
import { dvcqgAccountSchema, dvcqgSecretSchema } from './settings.ts';

/** PaymentPlatform of the National Public Service Portal (gateway specification §4). */
export const dvcqg = defineGateway({
  name: 'dvcqg',
  label: 'Cổng Dịch vụ công quốc gia',
  accountSchema: dvcqgAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  askAttempt,
  confirmAboveVndOf: ({ settings }) => settings.confirmAboveVnd,
  wire: {
    init: (fields, secrets) => buildInit(fields, dvcqgSecretSchema.parse(secrets)),
    query: (fields, secrets) => buildInquiry(fields, dvcqgSecretSchema.parse(secrets)),
    'get-bill': (fields, secrets) => buildInquiry(fields, dvcqgSecretSchema.parse(secrets)),
  },
});
