import { describe, expect, it } from '@jest/globals';
import { zalopay } from '#shared/gateways/zalopay/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('an account at ZaloPay', () => {
  it('is refused with every fault named', () => {
    const fault = faultOfAccount(zalopay, { appUser: '', returnKey: 'key3', key1: 'x' }, [{ appId: '0x1', key2: '' }]);
    for (const place of [
      'ZaloPay account "ttpvhcc"',
      'settings.apiBaseUrl must be an http(s) address',
      'settings.appUser must not be empty',
      'settings.returnKey must be key1 or key2',
      'settings has unknown names: key1',
      'secrets[0].appId must be the digits that ZaloPay gave',
      'secrets[0].key1 is missing',
      'secrets[0].key2 must not be empty',
    ]) {
      expect(fault).toContain(place);
    }
  });
});
