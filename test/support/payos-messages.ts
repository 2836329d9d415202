import { signMessage } from '#shared/gateways/payos/signer.ts';

export const payosSecret = {
  clientId: 'b7d0c1e2-payos-client',
  apiKey: '4f5a6b7c-payos-api-key',
  checksumKey: '9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b',
};

/** What payOS signs of a transfer of 75 000 đồng, with changes; `undefined` leaves a field out. */
export function payosTransfer(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    orderCode: 1_000_000_000_000_301,
    amount: 75_000,
    description: 'CSABC 000000301',
    accountNumber: '19036666688',
    reference: 'FT26064123456',
    transactionDateTime: '2026-03-05 15:01:07',
    currency: 'VND',
    paymentLinkId: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    code: '00',
    desc: 'Thành công',
    counterAccountBankId: '970436',
    counterAccountBankName: '',
    counterAccountName: null,
    counterAccountNumber: null,
    virtualAccountName: null,
    virtualAccountNumber: '',
    ...changes,
  };
}

/** The genuine body of a callback about it. */
export function payosCallback(changes: Readonly<Record<string, unknown>> = {}, secret = payosSecret): string {
  return signMessage(payosTransfer(changes), secret);
}

/** A payment link as a query shows it, reached by the given transfers. */
export function payosLink(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    orderCode: 1_000_000_000_000_301,
    amount: 28_000,
    amountPaid: 28_000,
    amountRemaining: 0,
    status: 'PAID',
    createdAt: '2026-11-22T09:15:31+07:00',
    transactions: [aTransfer()],
    cancellationReason: null,
    canceledAt: null,
    ...changes,
  };
}

/** One transfer in it. */
export function aTransfer(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    reference: 'FT26326123456',
    amount: 28_000,
    accountNumber: '19036666688',
    description: 'CSABC 000000301',
    transactionDateTime: '2026-11-22T09:20:00+07:00',
    virtualAccountName: null,
    virtualAccountNumber: null,
    counterAccountBankId: null,
    counterAccountBankName: null,
    counterAccountName: null,
    counterAccountNumber: null,
    ...changes,
  };
}
