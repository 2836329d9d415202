import type { MerchantSecrets } from '#infra/local/secrets.ts';
import { instantSchema } from '#schemas/ids.ts';
import { instantOfVietnamTime, vietnamTimeOf } from '#shared/domain/calendar.ts';
import { readForm } from '#shared/gateways/form-fields.ts';
import { signForm, verifyForm } from '#shared/gateways/vnpay/signer.ts';
import type { BankOrder, News, PlayedGateway } from './bank-order.ts';

/** Reads a payment address that a browser followed. */
export type PaymentAddressReading =
  | { readonly ok: true; readonly order: BankOrder }
  | { readonly ok: false; readonly why: string };

/** Response and transaction codes of a result (gateway specification §1.4). */
export const codes = {
  paid: { response: '00', status: '00' },
  failed: { response: '51', status: '02' },
  cancelled: { response: '24', status: '02' },
} as const;

/** VNPAY 2.1.0 as the bank plays it, with the secrets that our functions have too. */
export function playVnpay(secrets: MerchantSecrets['vnpay'], publicBaseUrl: string) {
  const gateway: PlayedGateway = {
    name: 'vnpay',
    label: 'VNPAY',
    signCall: (order, news) => ({
      method: 'GET',
      url: `${order.callbackUrl}?${signNews(order, news, secrets)}`,
      body: '',
    }),
    returnAddress: (order, news) => `${order.returnUrl}?${signNews(order, news, secrets)}`,
  };
  const readPaymentAddress = (rawQuery: string): PaymentAddressReading => {
    const form = readForm(rawQuery);
    if (!form.ok) return { ok: false, why: form.why };
    const fields = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
    const account = Object.entries(secrets).find(([, [signing]]) => signing.tmnCode === fields['vnp_TmnCode']);
    if (account === undefined) return { ok: false, why: `no terminal ${fields['vnp_TmnCode'] ?? '(none)'}` };
    const [merchant, liveSecrets] = account;
    if (
      !verifyForm(
        form.fields,
        liveSecrets.map(({ hashSecret }) => hashSecret),
      )
    ) {
      return { ok: false, why: 'vnp_SecureHash does not fit the fields' };
    }
    return { ok: true, order: readOrder(fields, merchant, publicBaseUrl) };
  };
  return { ...gateway, readPaymentAddress };
}

/** VNPAY knows the callback address from the contract, not from the order (§1.1). */
function readOrder(fields: Readonly<Record<string, string>>, merchant: string, publicBaseUrl: string): BankOrder {
  const expiresAt = instantOfVietnamTime(fields['vnp_ExpireDate'] ?? '');
  return {
    gateway: 'vnpay',
    merchant,
    orderRef: fields['vnp_TxnRef'] ?? '',
    amountVnd: Number(fields['vnp_Amount']) / 100,
    description: fields['vnp_OrderInfo'] ?? '',
    returnUrl: fields['vnp_ReturnUrl'] ?? '',
    callbackUrl: `${publicBaseUrl}/callbacks/vnpay/${merchant}`,
    calls: [],
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** The IPN and the return address carry the same fields (§1.1, §1.5). */
function signNews(order: BankOrder, news: News, secrets: MerchantSecrets['vnpay']): string {
  const [secret] = secrets[order.merchant] ?? [];
  if (secret === undefined) throw new Error(`The bank has no secret of the account ${order.merchant}.`);
  const tookMoney = news.transactionNo !== undefined;
  const fields = {
    vnp_TmnCode: secret.tmnCode,
    vnp_Amount: String(news.amountVnd * 100),
    vnp_BankCode: tookMoney ? 'NCB' : 'VNPAY',
    vnp_BankTranNo: tookMoney ? `VNP${news.transactionNo}` : undefined,
    vnp_CardType: tookMoney ? 'ATM' : 'QRCODE',
    vnp_PayDate: vietnamTimeOf(instantSchema.parse(news.at)),
    vnp_OrderInfo: order.description,
    vnp_TransactionNo: news.transactionNo ?? '0',
    vnp_ResponseCode: codes[news.result].response,
    vnp_TransactionStatus: codes[news.result].status,
    vnp_TxnRef: order.orderRef,
  };
  return signForm(fields, secret.hashSecret).query;
}
