import { describe, expect, it } from '@jest/globals';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('an account at VNPAY', () => {
  it('is refused with every fault named', () => {
    const fault = faultOfAccount(vnpay, { payUrl: 'ftp://x', expireMinutes: 1.5, payurl: 'x' }, [
      {},
      { tmnCode: 'short' },
    ]);
    for (const place of [
      'VNPAY account "ttpvhcc"',
      'settings.payUrl must be an http(s) address',
      'settings.apiUrl must be an http(s) address',
      'settings.expireMinutes must be a whole number of minutes',
      'settings has unknown names: payurl',
      'secrets[0].tmnCode is missing',
      'secrets[0].hashSecret is missing',
      'secrets[1].tmnCode must be 8 letters or digits',
    ]) {
      expect(fault).toContain(place);
    }
  });
});
