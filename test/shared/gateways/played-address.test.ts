import { describe, expect, it } from '@jest/globals';
import { comesTo } from '#shared/gateways/played-address.ts';

describe('a request to a played gateway', () => {
  it.each([
    ['https://mtf.onepay.vn/paygate/vpcpay.op', '/paygate/vpcpay.op', true],
    ['http://localhost:4400/bank/onepay/ttpvhcc/paygate/vpcpay.op', '/paygate/vpcpay.op', true],
    ['https://mtf.onepay.vn/paygate/vpcpay.op', '/paygate/other.op', false],
    ['https://mtf.onepay.vn/paygate/vpcpay.op', '/bank/paygate/vpcpay.op', false],
    ['https://mtf.onepay.vn/', '/', false],
    ['https://mtf.onepay.vn/paygate/vpcpay.op', '', false],
  ])('comes to %s by the path %j: %j', (address, path, expected) => {
    expect(comesTo(address, { path })).toBe(expected);
  });
});
