import { describe, expect, it } from '@jest/globals';
import { openPage } from '#shared/gateways/payment-page.ts';

describe("a gateway's payment page", () => {
  it('is opened by its address', () => {
    const url = 'https://pay.example.vn/web/abc?order=1';
    expect(openPage(url)).toEqual({ kind: 'redirect', url });
  });

  it.each([
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    '//pay.example.vn',
    'https://',
    'pay.example.vn',
    'http://[',
  ])('is not opened by %j', (url) => {
    expect(openPage(url)).toMatchObject({ kind: 'unknown' });
  });
});
