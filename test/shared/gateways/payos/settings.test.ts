import { describe, expect, it } from '@jest/globals';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('an account at payOS', () => {
  it('is refused with every fault named', () => {
    const fault = faultOfAccount(payos, { apiBaseUrl: 'https://payos.vn?x=1', descriptionLength: 2.5 }, [
      { apiKey: '' },
    ]);
    for (const place of [
      'payOS account "ttpvhcc"',
      'settings.apiBaseUrl must be without query and fragment',
      'settings.descriptionLength must be a whole number',
      'secrets[0].clientId is missing',
      'secrets[0].apiKey must not be empty',
      'secrets[0].checksumKey is missing',
    ]) {
      expect(fault).toContain(place);
    }
  });
});
