import { type MomoValues, signCallbackBody } from '#shared/gateways/momo/signer.ts';

export const momoSecret = {
  partnerCode: 'MOMODVC20260101',
  accessKey: 'Zk3mQ9xT2vB7nL5p',
  secretKey: 'u8Rf2LwZ7cVt4NqX1mKs9HyB6eGd3PaJ',
};

/** A successful payment of 75 000 đồng as MoMo calls it back, with changes. */
export function momoCallbackValues(changes: MomoValues = {}) {
  return {
    partnerCode: momoSecret.partnerCode,
    orderId: '1000000000000301',
    requestId: 'rq-10000000000003-01',
    amount: 75_000,
    orderInfo: 'Nop phi ho so',
    orderType: 'momo_wallet',
    transId: 4_088_878_653,
    resultCode: 0,
    message: 'Thành công.',
    payType: 'qr',
    responseTime: 1_772_697_178_942,
    extraData: '',
    ...changes,
  };
}

/** The genuine body of such a callback. */
export function momoCallback(changes: MomoValues = {}, secret = momoSecret): string {
  return signCallbackBody(momoCallbackValues(changes), secret);
}
