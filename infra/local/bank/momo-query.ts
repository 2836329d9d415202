import * as z from 'zod';
import { jsonOrNothing } from '#infra/local/json-or-nothing.ts';
import type { MerchantSecrets } from '#infra/local/secrets.ts';
import { verifyMessage } from '#shared/gateways/momo/signer.ts';
import { type BankBook, orderIdOf } from './bank-book.ts';
import { type MomoAnswer, refuse, valuesOf } from './momo.ts';

const querySchema = z.object({
  partnerCode: z.string(),
  requestId: z.string().min(1).max(50),
  orderId: z.string().min(1).max(100),
  signature: z.string(),
});

/** MoMo's answer to a query (gateway specification §2.6), which it does not sign. */
export function answerMomoQuery(body: string, book: BankBook, secrets: MerchantSecrets['momo']): MomoAnswer {
  const now = new Date();
  const query = querySchema.safeParse(jsonOrNothing(body));
  if (!query.success) return refuse(20, `Bad format request: ${z.prettifyError(query.error)}`, now);
  const { partnerCode, orderId, requestId } = query.data;
  const liveSecrets = Object.values(secrets).find(([signing]) => signing.partnerCode === partnerCode);
  if (liveSecrets === undefined || !verifyMessage('query', query.data, liveSecrets)) {
    return refuse(13, 'Merchant authentication failed.', now);
  }
  const order = book.find(orderIdOf({ gateway: 'momo', orderRef: orderId }));
  if (order === undefined) return refuse(42, 'OrderId is not found.', now);
  const facts = { partnerCode, orderId, requestId, responseTime: now.getTime() };
  if (order.lastNews !== undefined)
    return { status: 200, body: { ...valuesOf(order, order.lastNews, secrets), ...facts } };
  const waiting = { amount: order.amountVnd, transId: 0, resultCode: 1000, message: 'Waiting for the customer.' };
  return { status: 200, body: { ...facts, ...waiting } };
}
