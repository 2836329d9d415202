import { encodeForm } from '#shared/gateways/form-fields.ts';
import { signCallbackBody, signMessage, type ZalopayValues } from '#shared/gateways/zalopay/signer.ts';

export const zalopaySecret = { appId: '2701', key1: 'Mp7kT3xQ9vB2nL5w', key2: 'Hd4sF7gK1lA8eU6r' };

/** The content of a callback for a payment of 75 000 đồng, with changes. */
export function zalopayContent(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    app_id: 2701,
    app_trans_id: '260305_1000000000000301',
    app_time: 1_772_697_120_000,
    app_user: 'nguoi-nop',
    amount: 75_000,
    embed_data: '{"redirecturl":"https://bienlai.example.vn/return/zalopay/ttpvhcc"}',
    item: '[]',
    zp_trans_id: 260_305_000_000_389,
    server_time: 1_772_697_178_942,
    channel: 38,
    merchant_user_id: 'mu-8Eytqc',
    user_fee_amount: 0,
    discount_amount: 0,
    ...changes,
  };
}

/** The genuine body of such a callback. */
export function zalopayCallback(changes: Readonly<Record<string, unknown>> = {}, secret = zalopaySecret): string {
  return signCallbackBody(JSON.stringify(zalopayContent(changes)), secret.key2);
}

/** The query string with which ZaloPay sends the browser back, signed with key2 unless another key is named. */
export function zalopayReturn(changes: ZalopayValues = {}, key = zalopaySecret.key2): string {
  const values = {
    appid: '2701',
    apptransid: '260305_1000000000000301',
    pmcid: '38',
    bankcode: '',
    amount: '75000',
    discountamount: '0',
    status: '1',
    ...changes,
  };
  const signed = { ...values, checksum: signMessage('returnAddress', values, key) };
  return encodeForm(Object.entries(signed).map(([name, value]) => ({ name, value: String(value) })));
}
