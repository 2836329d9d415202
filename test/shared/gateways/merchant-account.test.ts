import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { dvcqg } from '#shared/gateways/dvcqg/gateway.ts';
import type { Gateway } from '#shared/gateways/gateway.ts';
import { momo } from '#shared/gateways/momo/gateway.ts';
import { onepay } from '#shared/gateways/onepay/gateway.ts';
import { payos } from '#shared/gateways/payos/gateway.ts';
import { sepay } from '#shared/gateways/sepay/gateway.ts';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { vnpay } from '#shared/gateways/vnpay/gateway.ts';
import { zalopay } from '#shared/gateways/zalopay/gateway.ts';
import { readTestAccount } from '#test/support/gateway-account.ts';

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

  it('of SePay is refused with every fault named, and without authentication', () => {
    const fault = faultOf(sepay, { bankBin: '97043', accountNumber: '10 17', codePrefix: 'dvc', accountName: '' }, [
      { mode: 'none' },
      { mode: 'hmac', apiKey: 'x' },
      { mode: 'apikey', apiKey: '' },
      { webhookSecret: 'x' },
    ]);
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

  it('of the SePay gateway is refused with every fault named', () => {
    const fault = faultOf(sepayPg, { checkoutUrl: 'pay.sepay.vn', paymentMethod: '' }, [{ secretKey: '' }]);
    for (const place of [
      'Cổng thanh toán SePay account "ttpvhcc"',
      'settings.checkoutUrl must be an http(s) address',
      'settings.merchantId is missing',
      'settings.paymentMethod must not be empty',
      'secrets[0].secretKey must not be empty',
    ]) {
      expect(fault).toContain(place);
    }
  });

  it('of OnePay is refused with every fault named', () => {
    const fault = faultOf(onepay, { payUrl: 'https://onepay.vn/?x' }, [
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

  it('of the national portal is refused with every fault named', () => {
    const fault = faultOf(dvcqg, { initUrl: 'x', service: '3', throughLgsp: 'yes', unitName: '' }, [{ maDoiTac: '' }]);
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

  it('of the national portal needs a token for the LGSP', () => {
    const { settings, secret } = readTestAccount(dvcqg);
    const fault = faultOf(dvcqg, { ...settings, throughLgsp: true }, [secret]);
    expect(fault).toContain('secrets[0].lgspToken is missing, while requests go through the LGSP');
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
