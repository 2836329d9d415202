import type { HttpAnswer } from '#shared/gateways/http-messages.ts';
import { signForm, signJson } from '#shared/gateways/vnpay/signer.ts';

export const vnpaySecret = { tmnCode: 'DVCHCM01', hashSecret: 'Q7W2E9R4T1Y8U3I6O5P0A2S4D6F8G1H3' };

/** A successful payment of 150 000 đồng as VNPAY calls it back, with changes; `undefined` leaves a field out. */
export function vnpayCallbackFields(changes: Readonly<Record<string, string | undefined>> = {}) {
  return {
    vnp_Amount: '15000000',
    vnp_BankCode: 'NCB',
    vnp_BankTranNo: 'VNP14831393',
    vnp_CardType: 'ATM',
    vnp_OrderInfo: 'Le phi ho so 2026-000187',
    vnp_PayDate: '20260305143258',
    vnp_ResponseCode: '00',
    vnp_TmnCode: vnpaySecret.tmnCode,
    vnp_TransactionNo: '14831393',
    vnp_TransactionStatus: '00',
    vnp_TxnRef: '1000000000000301',
    ...changes,
  };
}

/** The genuine query string of such a callback. */
export function vnpayCallback(
  changes: Readonly<Record<string, string | undefined>> = {},
  hashSecret = vnpaySecret.hashSecret,
): string {
  return signForm(vnpayCallbackFields(changes), hashSecret).query;
}

/** VNPAY's genuine answer to querydr or refund about an order of 28 000 đồng, with changes. */
export function vnpayAnswer(
  message: 'queryAnswer' | 'refundAnswer',
  changes: Readonly<Record<string, string | number>> = {},
  hashSecret = vnpaySecret.hashSecret,
): HttpAnswer {
  const values = {
    vnp_ResponseId: 'r1',
    vnp_Command: message === 'queryAnswer' ? 'querydr' : 'refund',
    vnp_ResponseCode: '00',
    vnp_Message: 'Success',
    vnp_TmnCode: vnpaySecret.tmnCode,
    vnp_TxnRef: '1000000000000301',
    vnp_Amount: 2_800_000,
    vnp_BankCode: 'NCB',
    vnp_PayDate: '20261122091600',
    vnp_TransactionNo: 14_831_393,
    vnp_TransactionType: '01',
    vnp_TransactionStatus: '00',
    vnp_OrderInfo: 'Nop phi',
    ...changes,
  };
  const body = JSON.stringify({ ...values, vnp_SecureHash: signJson(message, values, hashSecret) });
  return { status: 200, headers: {}, body };
}
