import { describe, expect, it } from '@jest/globals';
import { onepay } from '#shared/gateways/onepay/gateway.ts';
import { readSignedForm } from '#shared/gateways/onepay/signer.ts';
import { anOrder } from '#test/support/attempt-orders.ts';
import { connectTestAccount } from '#test/support/gateway-account.ts';
import { onepaySecret } from './messages.ts';

const connection = connectTestAccount(onepay, onepaySecret);

function addressFor(changes: Parameters<typeof anOrder>[0] = {}): URL {
  const opening = connection.openAttempt(anOrder(changes));
  if (opening.kind !== 'redirect') throw new Error('OnePay opens attempts by an address');
  return new URL(opening.url);
}

describe("OnePay's payment address", () => {
  it('carries the order, signed by the first secret', () => {
    const url = addressFor();
    expect(url.origin + url.pathname).toBe('https://mtf.onepay.vn/paygate/vpcpay.op');
    expect(readSignedForm(url.search.slice(1), [onepaySecret.hashSecret])).toEqual({
      ok: true,
      fields: {
        vpc_AccessCode: '7A1B3C5D',
        vpc_Amount: '2800000',
        vpc_CallbackURL: 'https://bienlai.example.vn/callbacks/vnpay/ttpvhcc',
        vpc_Command: 'pay',
        vpc_Currency: 'VND',
        vpc_Locale: 'vn',
        vpc_MerchTxnRef: '1000000000000301',
        vpc_Merchant: 'DVCBIENLAI',
        vpc_OrderInfo: 'Nop phi ho so H49.14-261122-0001',
        vpc_ReturnURL: 'https://bienlai.example.vn/return/vnpay/ttpvhcc',
        vpc_TicketNo: '203.0.113.7',
        vpc_Version: '2',
      },
    });
    expect(url.searchParams.get('Title')).toBe('Nop phi, le phi');
    expect(url.searchParams.get('AgainLink')).toBe('https://bienlai.example.vn/return/vnpay/ttpvhcc');
  });

  it('speaks the payer’s language and keeps the description short and bare', () => {
    const { searchParams } = addressFor({ locale: 'en', description: 'Nộp phí & lệ phí hồ sơ H49.14-261122-0001 ✅' });
    expect(searchParams.get('vpc_Locale')).toBe('en');
    expect(searchParams.get('vpc_OrderInfo')).toBe('Nop phi le phi ho so H49.14-261122');
  });
});

describe("OnePay's wire builders", () => {
  const pay = {
    amountVnd: 28_000,
    vpc_MerchTxnRef: '1000000000000301',
    vpc_OrderInfo: 'Nop phi',
    vpc_ReturnURL: 'https://a',
    vpc_TicketNo: '203.0.113.7',
  };

  it.each([
    { amountVnd: 0 },
    { amountVnd: 0.5 },
    { amountVnd: 10_000_000_000 },
    { vpc_MerchTxnRef: 'x'.repeat(41) },
    { vpc_OrderInfo: 'x'.repeat(35) },
  ])('refuse what OnePay would refuse: %j', (change) => {
    expect(() => onepay.wire['create']?.({ ...pay, ...change }, onepaySecret)).toThrow();
  });
});
