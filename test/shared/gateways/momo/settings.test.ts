import { describe, expect, it } from '@jest/globals';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('an account at MoMo', () => {
  it('is refused with every fault named', () => {
    const fault = faultOfAccount(momo, { apiBaseUrl: 'momo.vn', requestType: '' }, [{ partnerCode: '' }]);
    for (const place of [
      'Ví MoMo account "ttpvhcc"',
      'settings.apiBaseUrl must be an http(s) address',
      'settings.requestType must not be empty',
      'secrets[0].partnerCode must not be empty',
      'secrets[0].accessKey is missing',
      'secrets[0].secretKey is missing',
    ]) {
      expect(fault).toContain(place);
    }
  });
});
