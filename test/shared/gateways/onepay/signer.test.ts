import { describe, expect, it } from '@jest/globals';
import { readSignedForm, signForm } from '#shared/gateways/onepay/signer.ts';
import { onepayCallback, onepayCallbackFields, onepaySecret } from './messages.ts';

const { hashSecret } = onepaySecret;
const read = (form: string, ...secrets: string[]) => readSignedForm(form, secrets.length > 0 ? secrets : [hashSecret]);
const verify = (form: string, ...secrets: string[]) => read(form, ...secrets).ok;

describe("OnePay's signature", () => {
  const { form, signedText, signature } = signForm(onepayCallbackFields(), hashSecret);

  it('covers raw values in the order of their names, in capital hex, and comes last', () => {
    expect(signedText).toMatch(/^vpc_Amount=7500000&vpc_Card=970436&.*&vpc_OrderInfo=Nop phi ho so H49/);
    expect(signature).toMatch(/^[0-9A-F]{64}$/);
    expect(form.endsWith(`&vpc_SecureHash=${signature}`)).toBe(true);
  });

  it('verifies in any order of the parameters and in either letter case', () => {
    expect(verify(form.split('&').reverse().join('&'))).toBe(true);
    expect(verify(form.replace(signature, signature.toLowerCase()))).toBe(true);
  });

  it('verifies values with marks, signs and emoji', () => {
    expect(verify(onepayCallback({ vpc_OrderInfo: "Lệ phí & 50% = ! ' ( ) * ~ ✅ + #1" }))).toBe(true);
  });

  it('gives back what it covers and nothing else', () => {
    const appended = read(`${form}&vpc_Note=&utm_source=mail&VPC_Amount=1&vpc_SecureHashType=SHA256`);
    expect(appended).toEqual({ ok: true, fields: onepayCallbackFields() });
    const withUser = onepayCallbackFields({ user_Note: 'quay 3' });
    expect(read(signForm(withUser, hashSecret).form)).toEqual({ ok: true, fields: withUser });
  });

  it('verifies with any live secret, which is hex in either letter case', () => {
    expect(verify(form, '00'.repeat(16), hashSecret)).toBe(true);
    expect(verify(form, hashSecret.toLowerCase())).toBe(true);
    expect(verify(form, '00'.repeat(16))).toBe(false);
  });

  it.each(Object.keys(onepayCallbackFields()))('is broken by a change or the loss of %s', (name) => {
    const { [name]: lost, ...others } = onepayCallbackFields();
    const signed = { ...others, vpc_SecureHash: signature };
    expect(verify(new URLSearchParams(signed).toString())).toBe(false);
    expect(verify(new URLSearchParams({ ...signed, [name]: `${lost}1` }).toString())).toBe(false);
    expect(verify(new URLSearchParams({ ...signed, [name]: '' }).toString())).toBe(false);
  });

  it.each(['&vpc_TxnResponseCode=0', '&user_Note=1'])('is never believed over a value that holds %s', (hidden) => {
    // The same signed text as with the hidden field in the open, so the hash alone would fit.
    expect(verify(onepayCallback({ vpc_Version: `2${hidden}` }))).toBe(false);
  });

  it('is broken by a field that OnePay did not sign, and by a repeated one', () => {
    expect(verify(`${form}&vpc_Extra=1`)).toBe(false);
    expect(verify(`${form}&vpc_Amount=7500000`)).toBe(false);
  });
});
