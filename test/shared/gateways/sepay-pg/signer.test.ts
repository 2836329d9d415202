import { describe, expect, it } from '@jest/globals';
import { signedTextOf, signForm } from '#shared/gateways/sepay-pg/signer.ts';

const values = {
  operation: 'PURCHASE',
  order_amount: 28_000,
  custom_data: 'x',
  merchant: 'SP-1',
  success_url: 'https://a',
};

describe("the signature of SePay's checkout form", () => {
  it('covers raw values in the order in which they are posted, without those that SePay does not sign', () => {
    expect(signedTextOf(values)).toBe('operation=PURCHASE,order_amount=28000,merchant=SP-1,success_url=https://a');
  });

  it('is another one in another order', () => {
    const { merchant, ...others } = values;
    expect(signForm({ merchant, ...others }, 'key')).not.toBe(signForm(values, 'key'));
  });

  it('is an HMAC-SHA256 in Base64', () => {
    // By openssl: printf 'merchant=SP-1' | openssl dgst -sha256 -hmac key -binary | base64
    expect(signForm({ merchant: 'SP-1' }, 'key')).toBe('cUILqVLqz1If6C6BKeDr0U0xiCNoqZDBKtNaHdDGGi4=');
  });
});
