import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { signJson } from '#shared/gateways/vnpay/signer.ts';
import { readTestAccount } from './gateway-account.ts';

type Fields = Readonly<Record<string, string | number>>;

/** VNPAY's genuine answer to the question about an order of 28 000 đồng, paid unless changed. */
export function vnpayQueryAnswer(orderRef: string, changes: Fields = {}): HttpAnswer {
  const { tmnCode = '', hashSecret = '' } = readTestAccount(vnpay).secret;
  const values = {
    vnp_ResponseId: 'answer-1',
    vnp_Command: 'querydr',
    vnp_ResponseCode: '00',
    vnp_Message: 'Success',
    vnp_TmnCode: tmnCode,
    vnp_TxnRef: orderRef,
    vnp_Amount: 2_800_000,
    vnp_BankCode: 'NCB',
    vnp_PayDate: '20261123090100',
    vnp_TransactionNo: `8${orderRef}`,
    vnp_TransactionType: '01',
    vnp_TransactionStatus: '00',
    vnp_OrderInfo: 'Nop phi',
    ...changes,
  };
  const body = JSON.stringify({ ...values, vnp_SecureHash: signJson('queryAnswer', values, hashSecret) });
  return { status: 200, headers: {}, body };
}

/** VNPAY knows no such order. */
export function vnpayUnknownOrder(orderRef: string): HttpAnswer {
  return vnpayQueryAnswer(orderRef, { vnp_ResponseCode: '91', vnp_TransactionStatus: '' });
}
