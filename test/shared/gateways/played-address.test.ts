import { describe, expect, it } from '@jest/globals';
import { comesTo } from '#shared/gateways/played-address.ts';

describe('a request to a played gateway', () => {
  it.each([
    ['https://cong.example.vn/paygate/vpcpay.op', '/paygate/vpcpay.op', true],
    ['http://localhost:4400/bank/cong/ttpvhcc/paygate/vpcpay.op', '/paygate/vpcpay.op', true],
    ['https://cong.example.vn/paygate/vpcpay.op', '/paygate/other.op', false],
    ['https://cong.example.vn/paygate/vpcpay.op', '/bank/paygate/vpcpay.op', false],
    ['https://cong.example.vn/', '/', false],
    ['https://cong.example.vn/paygate/vpcpay.op', '', false],
  ])('comes to %s by the path %j: %j', (address, path, expected) => {
    expect(comesTo(address, { path })).toBe(expected);
  });
});
