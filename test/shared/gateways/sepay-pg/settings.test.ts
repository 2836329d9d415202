import { describe, expect, it } from '@jest/globals';
import { sepayPg } from '#shared/gateways/sepay-pg/gateway.ts';
import { faultOfAccount } from '#test/support/account-faults.ts';

describe('an account at the SePay gateway', () => {
  it('is refused with every fault named', () => {
    const fault = faultOfAccount(sepayPg, { checkoutUrl: 'pay.sepay.vn', paymentMethod: '' }, [{ secretKey: '' }]);
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
});
