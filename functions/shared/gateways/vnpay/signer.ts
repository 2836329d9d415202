import { encodeForm, type FormField, selectSigned } from '../form-fields.ts';
import { hmacHex, verifyHmacHex } from '../hex-signature.ts';

const outsideTheSignature = new Set(['vnp_SecureHash', 'vnp_SecureHashType']);

/** The fields that a signature covers: `vnp_` names but the two hash fields, without empty ones, sorted (§1.2). */
export function signedFieldsOf<Field extends Pick<FormField, 'name' | 'value'>>(fields: readonly Field[]): Field[] {
  return selectSigned(fields, (name) => name.startsWith('vnp_') && !outsideTheSignature.has(name));
}

/**
 * Verifies a callback, a return address or a payment address. Encoders disagree on `! ' ( ) * ~`, so the very
 * characters of the wire are tried when our own encoding of the values does not fit (§1.2); both need the secret.
 */
export function verifyForm(fields: readonly FormField[], hashSecrets: readonly string[]): boolean {
  const received = fields.find(({ name }) => name === 'vnp_SecureHash')?.value ?? '';
  const signed = signedFieldsOf(fields);
  const texts = new Set([encodeForm(signed), signed.map(({ wire }) => wire).join('&')]);
  return [...texts].some((text) => hashSecrets.some((secret) => verifyHmacHex('sha512', secret, text, received)));
}

/** Signs fields as a query string: what VNPAY appends to the IPN address, and we to the payment address (§1.6). */
export function signForm(
  values: Readonly<Record<string, string | undefined>>,
  hashSecret: string,
): { signedText: string; signature: string; query: string } {
  const fields = Object.entries(values).map(([name, value]) => ({ name, value: value ?? '' }));
  const signedText = encodeForm(signedFieldsOf(fields));
  const signature = hmacHex('sha512', hashSecret, signedText);
  return { signedText, signature, query: `${signedText}&vnp_SecureHash=${signature}` };
}

/** Which values of a JSON message are signed, in which order (§1.7, §1.8). */
export const signedNames = {
  queryRequest: names('RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo'),
  queryAnswer: names(
    'ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate TransactionNo TransactionType TransactionStatus OrderInfo PromotionCode PromotionAmount',
  ),
  refundRequest: names(
    'RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo TransactionDate CreateBy CreateDate IpAddr OrderInfo',
  ),
  refundAnswer: names(
    'ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate TransactionNo TransactionType TransactionStatus OrderInfo',
  ),
} as const satisfies Record<string, readonly string[]>;

export type JsonMessage = keyof typeof signedNames;
export type JsonValues = Readonly<Record<string, string | number | undefined>>;

/** Values joined by bars, raw; a missing value is empty, but the transaction number of a refund is then `0`. */
export function signedTextOf(message: JsonMessage, values: JsonValues): string {
  const missing = (name: string) => (message === 'refundRequest' && name === 'vnp_TransactionNo' ? '0' : '');
  return signedNames[message].map((name) => values[name] ?? missing(name)).join('|');
}

/** Signs a query, a refund or the answer to one. */
export function signJson(message: JsonMessage, values: JsonValues, hashSecret: string): string {
  return hmacHex('sha512', hashSecret, signedTextOf(message, values));
}

/** Verifies a query, a refund or the answer to one; `values` are the literal texts of the message. */
export function verifyJson(message: JsonMessage, values: JsonValues, hashSecrets: readonly string[]): boolean {
  const text = signedTextOf(message, values);
  const received = String(values['vnp_SecureHash'] ?? '');
  return hashSecrets.some((secret) => verifyHmacHex('sha512', secret, text, received));
}

function names(list: string): readonly string[] {
  return list.split(' ').map((name) => `vnp_${name}`);
}
