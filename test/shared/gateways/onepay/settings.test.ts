import { describe, expect, it } from '@jest/globals';
import { onepay } from '#shared/gateways/onepay/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('an account at OnePay', () => {
  it('is refused with every fault named', () => {
    const fault = faultOfAccount(onepay, { payUrl: 'https://onepay.vn/?x' }, [
      { hashSecret: 'ABC', accessCode: 'x'.repeat(9) },
    ]);
    for (const place of [
      'OnePay account "ttpvhcc"',
      'settings.payUrl must be without query and fragment',
      'settings.queryUrl must be an http(s) address',
      'secrets[0].merchantId is missing',
      'secrets[0].accessCode must be at most 8 characters',
      'secrets[0].hashSecret must be hex digits, two for each byte',
      'secrets[0].queryUser is missing',
    ]) {
      expect(fault).toContain(place);
    }
  });
});
