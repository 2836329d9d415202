import { describe, expect, it } from '@jest/globals';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';

describe('an account at the national portal', () => {
  it('is refused with every fault named', () => {
    const fault = faultOfAccount(dvcqg, { initUrl: 'x', service: '3', throughLgsp: 'yes', unitName: '' }, [
      { maDoiTac: '' },
    ]);
    for (const place of [
      'Cổng Dịch vụ công quốc gia account "ttpvhcc"',
      'settings.initUrl must be an http(s) address',
      'settings.queryUrl must be an http(s) address',
      'settings.service must be "1" or "2"',
      'settings.throughLgsp must be true or false',
      'settings.unitCode is missing',
      'settings.unitName must not be empty',
      'secrets[0].maDoiTac must not be empty',
      'secrets[0].secretKey is missing',
    ]) {
      expect(fault).toContain(place);
    }
  });

  it('needs a token for the LGSP', () => {
    const { settings, secret } = readTestAccount(dvcqg);
    const fault = faultOfAccount(dvcqg, { ...settings, throughLgsp: true }, [secret]);
    expect(fault).toContain('secrets[0].lgspToken is missing, while requests go through the LGSP');
  });
});
