import { encodeForm, type FormField, readForm, selectSigned } from '../form-fields.ts';
import { hmacHex, verifyHmacHex } from '../hex-signature.ts';

export type SignedForm =
  | { readonly ok: true; readonly fields: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly why: string };

/**
 * Reads form data that OnePay signed: a callback, a return address, the answer to a query. Only what the signature
 * covers is given back, since anybody can append empty or foreign fields. The values are signed raw, so `&vpc_` inside
 * one would let one text stand for two messages: OnePay sends no such value, and whoever does is not believed.
 */
export function readSignedForm(text: string, hashSecrets: readonly string[]): SignedForm {
  const form = readForm(text);
  if (!form.ok) return form;
  const received = form.fields.find(({ name }) => name === 'vpc_SecureHash')?.value ?? '';
  const signed = selectSigned(form.fields, isSigned);
  const isGenuine = hashSecrets.some((secret) => verifyHmacHex('sha256', keyOf(secret), joinRaw(signed), received));
  if (!isGenuine || signed.some(({ value }) => /&(?:vpc_|user_)/.test(value))) {
    return { ok: false, why: 'vpc_SecureHash is missing or wrong: forged, or signed with another hash secret' };
  }
  return { ok: true, fields: Object.fromEntries(signed.map(({ name, value }) => [name, value])) };
}

/** Signs fields as form data; fields that are not signed come along. */
export function signForm(
  values: Readonly<Record<string, string>>,
  hashSecret: string,
): { signedText: string; signature: string; form: string } {
  const fields = Object.entries(values).map(([name, value]) => ({ name, value }));
  const signedText = joinRaw(selectSigned(fields, isSigned));
  const signature = hmacHex('sha256', keyOf(hashSecret), signedText).toUpperCase();
  return { signedText, signature, form: encodeForm([...fields, { name: 'vpc_SecureHash', value: signature }]) };
}

/** `vpc_` and `user_` names but the two of the hash; empty values are left out, the others sorted by name (§5.5). */
function isSigned(name: string): boolean {
  return /^(?:vpc_|user_)/.test(name) && name !== 'vpc_SecureHash' && name !== 'vpc_SecureHashType';
}

function joinRaw(fields: readonly Pick<FormField, 'name' | 'value'>[]): string {
  return fields.map(({ name, value }) => `${name}=${value}`).join('&');
}

function keyOf(hashSecret: string): Uint8Array {
  return Buffer.from(hashSecret, 'hex');
}
