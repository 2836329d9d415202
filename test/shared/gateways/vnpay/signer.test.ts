import { describe, expect, it } from '@jest/globals';
import { type FormField, readForm } from '#shared/gateways/form-fields.ts';
import { hmacHex } from '#shared/gateways/hex-signature.ts';
import { signedTextOf, signForm, signJson, verifyForm, verifyJson } from '#shared/gateways/vnpay/signer.ts';
import { vnpayCallbackFields } from '#test/support/vnpay-messages.ts';

const secret = 'hash-secret';

function fieldsOf(query: string): readonly FormField[] {
  const form = readForm(query);
  if (!form.ok) throw new Error(form.why);
  return form.fields;
}

const verify = (query: string, ...secrets: string[]) =>
  verifyForm(fieldsOf(query), secrets.length > 0 ? secrets : [secret]);

describe("VNPAY's form signature", () => {
  const { query, signedText, signature } = signForm(vnpayCallbackFields(), secret);

  it('covers the fields in the order of their names, and comes last', () => {
    expect(signedText.startsWith('vnp_Amount=15000000&vnp_BankCode=NCB&')).toBe(true);
    expect(query).toBe(`${signedText}&vnp_SecureHash=${signature}`);
  });

  it('verifies what it signed, in any order of the parameters', () => {
    expect(verify(query)).toBe(true);
    expect(verify(query.split('&').reverse().join('&'))).toBe(true);
  });

  it('verifies values with marks, signs and emoji', () => {
    expect(
      verify(signForm({ vnp_OrderInfo: "Lệ phí & 50% = ! ' ( ) * ~ ✅ + #1", vnp_TxnRef: '1' }, secret).query),
    ).toBe(true);
  });

  it('leaves out empty fields, foreign names and the hash type', () => {
    expect(verify(`${query}&vnp_Note=&utm_source=mail&vnp_SecureHashType=HmacSHA512&VNP_X=1`)).toBe(true);
  });

  it('accepts the very characters of the wire where encoders disagree', () => {
    const wire = 'vnp_OrderInfo=Phi%2a(a)%20!&vnp_TxnRef=1';
    expect(verify(`${wire}&vnp_SecureHash=${hmacHex('sha512', secret, wire)}`)).toBe(true);
  });

  it('accepts spaces that a proxy rewrote to %20', () => {
    expect(verify(query.replaceAll('+', '%20'))).toBe(true);
  });

  it('verifies with any live secret', () => {
    expect(verify(query, 'new-secret', secret)).toBe(true);
    expect(verify(query, 'new-secret', 'newer-secret')).toBe(false);
  });

  it.each(Object.keys(vnpayCallbackFields()))('is broken by a change of %s', (name) => {
    const tampered = query.replace(new RegExp(`(?<=${name}=)[^&]`), (first) => (first === '1' ? '2' : '1'));
    expect(tampered).not.toBe(query);
    expect(verify(tampered)).toBe(false);
  });

  it.each(Object.keys(vnpayCallbackFields()))('is broken by the loss of %s', (name) => {
    expect(verify(query.replace(new RegExp(`${name}=[^&]*&`), ''))).toBe(false);
    expect(verify(query.replace(new RegExp(`${name}=[^&]*&`), `${name}=&`))).toBe(false);
  });

  it('is broken by a field that VNPAY did not sign', () => {
    expect(verify(`${query}&vnp_Extra=1`)).toBe(false);
  });

  it.each([
    ['MD5 and SHA-256 of version 2.0', hmacHex('sha256', secret, signedText)],
    ['nothing', ''],
    ['half of it', signature.slice(0, 64)],
  ])('is refused when it is %s', (_what, hash) => {
    expect(verify(`${signedText}&vnp_SecureHash=${hash}`)).toBe(false);
  });

  it('is refused when it is missing', () => {
    expect(verify(signedText)).toBe(false);
  });
});

describe("VNPAY's JSON signatures", () => {
  const answer = {
    vnp_ResponseId: 'r1',
    vnp_Command: 'querydr',
    vnp_ResponseCode: '00',
    vnp_Message: 'QueryDR Success',
    vnp_TmnCode: 'DVCHCM01',
    vnp_TxnRef: '1000000000000301',
    vnp_Amount: '15000000',
    vnp_BankCode: 'NCB',
    vnp_PayDate: '20260305143258',
    vnp_TransactionNo: '14831393',
    vnp_TransactionType: '01',
    vnp_TransactionStatus: '00',
    vnp_OrderInfo: 'Truy van',
  };

  it('join the values by bars and leave missing ones empty', () => {
    expect(signedTextOf('queryAnswer', answer)).toBe(
      'r1|querydr|00|QueryDR Success|DVCHCM01|1000000000000301|15000000|NCB|20260305143258|14831393|01|00|Truy van||',
    );
    expect(signedTextOf('refundAnswer', answer)).toBe(
      'r1|querydr|00|QueryDR Success|DVCHCM01|1000000000000301|15000000|NCB|20260305143258|14831393|01|00|Truy van',
    );
  });

  it('put 0 for the transaction number that a refund does not have', () => {
    expect(signedTextOf('refundRequest', { vnp_RequestId: 'r', vnp_Amount: 100 })).toBe('r||||||100|0|||||');
    expect(signedTextOf('queryRequest', { vnp_RequestId: 'r' })).toBe('r||||||||');
  });

  it.each(['queryRequest', 'queryAnswer', 'refundRequest', 'refundAnswer'] as const)(
    'of a %s verify what was signed, raw',
    (message) => {
      const signed = { ...answer, vnp_SecureHash: signJson(message, answer, secret) };
      expect(verifyJson(message, signed, ['other', secret])).toBe(true);
      expect(verifyJson(message, { ...signed, vnp_TxnRef: '1000000000000302' }, [secret])).toBe(false);
      expect(verifyJson(message, answer, [secret])).toBe(false);
    },
  );

  it('are broken by an amount that was divided before verification', () => {
    const signed = { ...answer, vnp_SecureHash: signJson('refundAnswer', answer, secret) };
    expect(verifyJson('refundAnswer', { ...signed, vnp_Amount: '150000' }, [secret])).toBe(false);
  });
});
