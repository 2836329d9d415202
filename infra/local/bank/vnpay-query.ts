import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { jsonOrNothing } from '#infra/local/json-or-nothing.ts';
import type { MerchantSecrets } from '#infra/local/secrets.ts';
import { instantSchema } from '#schemas/ids.ts';
import { vietnamTimeOf } from '#shared/domain/calendar.ts';
import { signJson, verifyJson } from '#shared/gateways/vnpay/signer.ts';
import { type BankBook, orderIdOf } from './bank-book.ts';
import type { BankOrder } from './bank-order.ts';
import { codes } from './vnpay.ts';

const querySchema = z
  .object({ vnp_TmnCode: z.string(), vnp_TxnRef: z.string(), vnp_Command: z.literal('querydr') })
  .catchall(z.union([z.string(), z.number()]));

type Fields = Readonly<Record<string, string | number>>;

/** VNPAY's answer to querydr (gateway specification §1.7), signed but where nobody can be named. */
export function answerVnpayQuery(body: string, book: BankBook, secrets: MerchantSecrets['vnpay']): Fields {
  const query = querySchema.safeParse(jsonOrNothing(body));
  if (!query.success) return { vnp_ResponseCode: '03', vnp_Message: 'Invalid format' };
  const { vnp_TmnCode: tmnCode, vnp_TxnRef: orderRef } = query.data;
  const liveSecrets = Object.values(secrets).find(([signing]) => signing.tmnCode === tmnCode);
  if (liveSecrets === undefined) return { vnp_ResponseCode: '02', vnp_Message: 'Invalid TmnCode' };
  const hashSecrets = liveSecrets.map(({ hashSecret }) => hashSecret);
  if (!verifyJson('queryRequest', query.data, hashSecrets)) {
    return { vnp_ResponseCode: '97', vnp_Message: 'Invalid Checksum' };
  }
  const order = book.find(orderIdOf({ gateway: 'vnpay', orderRef }));
  const answer = {
    vnp_ResponseId: randomUUID().replaceAll('-', ''),
    vnp_Command: 'querydr',
    vnp_TmnCode: tmnCode,
    vnp_TxnRef: orderRef,
    ...(order === undefined ? { vnp_ResponseCode: '91', vnp_Message: 'Order not found' } : factsOf(order)),
  };
  return { ...answer, vnp_SecureHash: signJson('queryAnswer', answer, liveSecrets[0].hashSecret) };
}

function factsOf(order: BankOrder): Fields {
  const { lastNews, amountVnd, description } = order;
  return {
    vnp_ResponseCode: '00',
    vnp_Message: 'QueryDR Success',
    vnp_Amount: (lastNews?.amountVnd ?? amountVnd) * 100,
    vnp_OrderInfo: description,
    vnp_TransactionType: '01',
    vnp_TransactionStatus: statusOf(order),
    vnp_TransactionNo: lastNews?.transactionNo ?? '0',
    ...(lastNews === undefined ? {} : { vnp_PayDate: vietnamTimeOf(instantSchema.parse(lastNews.at)) }),
    ...(lastNews?.transactionNo === undefined ? {} : { vnp_BankCode: 'NCB' }),
  };
}

/** Not completed while the page takes money; an order that nobody paid in time has failed. */
function statusOf({ lastNews, expiresAt }: BankOrder): string {
  if (lastNews !== undefined) return codes[lastNews.result].status;
  return expiresAt !== undefined && expiresAt <= new Date().toISOString() ? '02' : '01';
}
