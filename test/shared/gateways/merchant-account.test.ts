import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '#shared/domain/failures.ts';
import type { Gateway } from '#shared/gateways/gateway.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { zalopay } from '#shared/gateways/zalopay/gateway.ts';

function faultOf(gateway: Gateway, settings: unknown, secrets: readonly unknown[]): string {
  try {
    gateway.connect({ merchant: 'ttpvhcc', settings, secrets });
  } catch (fault) {
    expect(fault).toBeInstanceOf(ConfigurationError);
    return String(fault);
  }
  throw new Error('the account was taken');
}

describe('a merchant account', () => {
  it('of VNPAY is refused with every fault named', () => {
    const fault = faultOf(vnpay, { payUrl: 'ftp://x', expireMinutes: 1.5, payurl: 'x' }, [{}, { tmnCode: 'short' }]);
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

  it('of MoMo is refused with every fault named', () => {
    const fault = faultOf(momo, { apiBaseUrl: 'momo.vn', requestType: '' }, [{ partnerCode: '' }]);
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

  it('of ZaloPay is refused with every fault named', () => {
    const fault = faultOf(zalopay, { appUser: '', returnKey: 'key3', key1: 'x' }, [{ appId: '0x1', key2: '' }]);
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

  it('of payOS is refused with every fault named', () => {
    const fault = faultOf(payos, { apiBaseUrl: 'https://payos.vn?x=1', descriptionLength: 2.5 }, [{ apiKey: '' }]);
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

  it('is refused without settings or secrets', () => {
    expect(faultOf(vnpay, undefined, [])).toContain('settings is missing; secrets[0] is missing');
    expect(faultOf(momo, null, [null])).toContain('settings is missing; secrets[0] is missing');
  });

  it('never shows the value of a secret', () => {
    const secret = 'TOP-SECRET-VALUE';
    expect(faultOf(vnpay, {}, [{ tmnCode: secret, hashSecret: { nested: secret } }])).not.toContain(secret);
    expect(faultOf(momo, {}, [{ partnerCode: secret.repeat(9), accessKey: [secret], secretKey: 5 }])).not.toContain(
      secret,
    );
  });
});
