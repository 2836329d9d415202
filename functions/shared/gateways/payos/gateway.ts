import { defineGateway } from '../define-gateway.ts';
import { transactionIdentityOf } from '../money-identity.ts';
import { answerCallback, readCallback } from './callback.ts';
import { askAttempt, buildCreate, openAttempt } from './requests.ts';
import { payosAccountSchema, productionApiBaseUrl, signingSecretSchema } from './settings.ts';

/** payOS payment links (gateway specification §5.1). It has no interface for refunds. */
export const payos = defineGateway({
  name: 'payos',
  label: 'payOS',
  accountSchema: payosAccountSchema,
  readCallback,
  answerCallback,
  openAttempt,
  askAttempt,
  // The bank's reference. Where a bank gives none, the link, which our order code names as well as payOS's own id.
  identityOf: transactionIdentityOf,
  wire: {
    create: (fields, secrets) => buildCreate(fields, signingSecretSchema.parse(secrets), productionApiBaseUrl),
  },
});
