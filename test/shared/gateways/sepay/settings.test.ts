import { describe, expect, it } from '@jest/globals';
import { sepay } from '#shared/gateways/sepay/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('an account at SePay', () => {
  it('is refused with every fault named, and without authentication', () => {
    const fault = faultOfAccount(
      sepay,
      { bankBin: '97043', accountNumber: '10 17', codePrefix: 'dvc', accountName: '' },
      [{ mode: 'none' }, { mode: 'hmac', apiKey: 'x' }, { mode: 'apikey', apiKey: '' }, { webhookSecret: 'x' }],
    );
    for (const place of [
      'Chuyển khoản (SePay) account "ttpvhcc"',
      'settings.bankBin must be the 6 digits of a bank at NAPAS',
      'settings.bankName is missing',
      'settings.accountNumber must be 1 to 19 letters or digits',
      'settings.accountName must not be empty',
      'settings.codePrefix must be 2 to 5 capital letters',
      'secrets[0].mode must be "hmac" or "apikey": a webhook without authentication is never believed',
      'secrets[1].webhookSecret is missing',
      'secrets[2].apiKey must not be empty',
      'secrets[3].mode must be',
    ]) {
      expect(fault).toContain(place);
    }
  });
});
