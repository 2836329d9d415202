import type { CallbackRequest } from '#shared/gateways/http-messages.ts';
import { callbackByBody } from './callback-requests.ts';

export const sepayPgSecret = { secretKey: 'pgs-7Kq2Xv9Mz4' };

type Changes = Readonly<Record<string, unknown>>;

/** An order of 75 000 đồng that was paid, as SePay's gateway tells it, with changes to each of its parts. */
export function sepayPgNotification(changes: Changes = {}, order: Changes = {}, transaction: Changes = {}) {
  return {
    timestamp: 1_795_313_731,
    notification_type: 'ORDER_PAID',
    order: {
      id: 'e2c195be-c721-47eb-b323-99ab24e52d85',
      order_id: 'NPSETVI00101000191R',
      order_status: 'CAPTURED',
      order_currency: 'VND',
      order_amount: '75000.00',
      order_invoice_number: '1000000000000301',
      custom_data: [],
      ...order,
    },
    transaction: {
      id: '384c66dd-41e6-4316-a544-b4141682595c',
      payment_method: 'BANK_TRANSFER',
      transaction_id: 'FT26326765432',
      transaction_type: 'PAYMENT',
      transaction_date: '2026-11-22 09:20:33',
      transaction_status: 'APPROVED',
      transaction_amount: '75000',
      transaction_currency: 'VND',
      ...transaction,
    },
    customer: { id: 'c-1', customer_id: 'C1' },
    ...changes,
  };
}

/** The same with the key that proves its sender, or with another. */
export function sepayPgCallback(
  body: string,
  secretKey: string | undefined = sepayPgSecret.secretKey,
): CallbackRequest {
  const request = callbackByBody(body);
  return { ...request, headers: { ...request.headers, 'x-secret-key': secretKey } };
}
