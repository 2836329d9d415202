import type { PaymentId } from '#schemas/ids.ts';
import { devSecrets } from '#test/support/function-environment.ts';
import { httpEventOf } from '#test/support/http-calls.ts';
import { vnpayCallback } from '#test/support/vnpay-messages.ts';

const [secret] = devSecrets.vnpay.ttpvhcc;
if (secret === undefined) throw new Error('no VNPAY account among the dev secrets');
const { tmnCode, hashSecret } = secret;

/** VNPAY's number of the transaction that pays a payment. */
const transactionOf = (paymentId: PaymentId) => `1${paymentId.slice(-7)}`;

/** API Gateway's event of the genuine call by which VNPAY says that the first attempt of a payment was paid. */
export function paidEvent(paymentId: PaymentId, amountVnd: number): unknown {
  const query = vnpayCallback(
    {
      vnp_TxnRef: `${paymentId}01`,
      vnp_Amount: String(amountVnd * 100),
      vnp_TmnCode: tmnCode,
      vnp_TransactionNo: transactionOf(paymentId),
    },
    hashSecret,
  );
  return httpEventOf({
    method: 'GET',
    routeKey: 'ANY /callbacks/{gateway}/{merchant}',
    pathParameters: { gateway: 'vnpay', merchant: 'ttpvhcc' },
    target: `/callbacks/vnpay/ttpvhcc?${query}`,
    headers: { accept: '*/*', 'user-agent': 'VNPAY', 'x-forwarded-for': '113.160.92.202, 130.176.1.1' },
  });
}

/** The update by which one payment was settled, as it would be for another one: of the same size and conditions. */
export function sameUpdateFor(recorded: string, of: PaymentId, paymentId: PaymentId): unknown {
  const changing = new RegExp(`${of}|${transactionOf(of)}`, 'g');
  const changed = recorded.replaceAll(changing, (found) => (found === of ? paymentId : transactionOf(paymentId)));
  return JSON.parse(changed);
}
