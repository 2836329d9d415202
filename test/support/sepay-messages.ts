import type { Instant } from '#schemas/ids.ts';
import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import type { SepaySecret } from '#shared/gateways/sepay/settings.ts';
import { proveWebhook } from '#shared/gateways/sepay/signer.ts';
import { anInstant } from './attempt-orders.ts';
import { callbackByBody } from './callback-requests.ts';

export const sepaySecret = { mode: 'hmac', webhookSecret: 'whsec_Rb4kT9xQ2vL7mN1p' } as const;
export const sepayKey = { mode: 'apikey', apiKey: 'SPK-5d20b7f1c3' } as const;

/** A transfer of 75 000 đồng to our account, as SePay tells it, with changes; `undefined` leaves a field out. */
export function sepayMovement(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 92_704_001,
    gateway: 'Vietcombank',
    transactionDate: '2026-11-22 09:20:33',
    accountNumber: '1017588888',
    subAccount: '',
    code: 'DVC1000000000000301',
    content: 'DVC1000000000000301 chuyen tien',
    transferType: 'in',
    description: 'NGUYEN VAN AN chuyen tien',
    transferAmount: 75_000,
    accumulated: 1_330_000,
    referenceCode: 'FT26326765432',
    ...changes,
  };
}

/** A genuine webhook with this body, sent at this time. */
export function sepayWebhook(
  body: string | Uint8Array,
  secret: SepaySecret = sepaySecret,
  at: Instant = anInstant,
): CallbackRequest {
  const request = callbackByBody(body);
  return { ...request, headers: { ...request.headers, ...proveWebhook(request.body, at, secret) } };
}
