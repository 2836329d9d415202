import { hmacHex, verifyHmacHex } from '../hex-signature.ts';

/** Which values of a message are signed, in which order (§3.3, §3.4). */
export const signedNames = {
  create: names('app_id app_trans_id app_user amount app_time embed_data item'),
  query: names('app_id app_trans_id'),
  refund: names('app_id zp_trans_id amount description timestamp'),
  refundWithFee: names('app_id zp_trans_id amount refund_fee_amount description timestamp'),
  queryRefund: names('app_id m_refund_id timestamp'),
  returnAddress: names('appid apptransid pmcid bankcode amount discountamount status'),
} as const satisfies Record<string, readonly string[]>;

export type ZalopayMessage = keyof typeof signedNames;
export type ZalopayValues = Readonly<Record<string, string | number | undefined>>;

/** Values joined by bars, raw; a missing one is empty. A query's text ends with the key itself. */
export function signedTextOf(message: ZalopayMessage, values: ZalopayValues, key: string): string {
  const texts = signedNames[message].map((name) => values[name] ?? '');
  return (message === 'query' ? [...texts, key] : texts).join('|');
}

export function signMessage(message: ZalopayMessage, values: ZalopayValues, key: string): string {
  return hmacHex('sha256', key, signedTextOf(message, values, key));
}

/** Verifies `values.checksum` of the address that the browser came back to. */
export function verifyReturn(values: ZalopayValues, keys: readonly string[]): boolean {
  const received = String(values['checksum'] ?? '');
  return keys.some((key) => verifyHmacHex('sha256', key, signedTextOf('returnAddress', values, key), received));
}

/** Verifies a callback over its `data` exactly as it was received: never over JSON written anew (§3.1). */
export function verifyCallback(data: string, mac: string, keys: readonly string[]): boolean {
  return keys.some((key) => verifyHmacHex('sha256', key, data, mac));
}

/** A genuine callback body, as ZaloPay sends it: what a simulator and tests need. */
export function signCallbackBody(data: string, key: string): string {
  return JSON.stringify({ data, mac: hmacHex('sha256', key, data), type: 1 });
}

function names(list: string): readonly string[] {
  return list.split(' ');
}
