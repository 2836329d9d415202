import { signForm } from '#shared/gateways/onepay/signer.ts';

export const onepaySecret = {
  merchantId: 'DVCBIENLAI',
  accessCode: '7A1B3C5D',
  hashSecret: 'A7C41D0E93B25F6884D1E0C2739B5A16',
  queryUser: 'dvc01',
  queryPassword: 'dvc-query-Zt7',
};

export type OnepayChanges = Readonly<Record<string, string | undefined>>;

/** A successful payment of 75 000 đồng as OnePay calls it back, with changes; `undefined` leaves a field out. */
export function onepayCallbackFields(changes: OnepayChanges = {}): Record<string, string> {
  const fields: OnepayChanges = {
    vpc_Amount: '7500000',
    vpc_Card: '970436',
    vpc_CardNum: '970436***0018',
    vpc_Command: 'pay',
    vpc_MerchTxnRef: '1000000000000301',
    vpc_Merchant: onepaySecret.merchantId,
    vpc_Message: 'Approved',
    vpc_OrderInfo: 'Nop phi ho so H49.14-261122-0001',
    vpc_PaymentTime: '20261122T022033Z',
    vpc_TransactionNo: 'PAY-q8Xw2mTzRk6Lh4BvNc9YsA',
    vpc_TxnResponseCode: '0',
    vpc_Version: '2',
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The genuine form data of such a callback. */
export function onepayCallback(changes: OnepayChanges = {}, hashSecret = onepaySecret.hashSecret): string {
  return signForm(onepayCallbackFields(changes), hashSecret).form;
}
