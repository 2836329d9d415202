import { describe, expect, it } from '@jest/globals';
import { signedTextOf, signMessage, verifyMessage } from '#shared/gateways/momo/signer.ts';
import { momoCallbackValues, momoSecret } from '#test/support/momo-messages.ts';

const values = momoCallbackValues({ orderInfo: 'Lệ phí & phụ thu = 50% + #1 ✅' });
const signed = { ...values, signature: signMessage('callback', values, momoSecret) };

describe("MoMo's signature", () => {
  it('covers raw values in a fixed order, the access key first and empty ones kept', () => {
    expect(signedTextOf('callback', values, momoSecret)).toBe(
      'accessKey=Zk3mQ9xT2vB7nL5p&amount=75000&extraData=&message=Thành công.&orderId=1000000000000301' +
        '&orderInfo=Lệ phí & phụ thu = 50% + #1 ✅&orderType=momo_wallet&partnerCode=MOMODVC20260101&payType=qr' +
        '&requestId=rq-10000000000003-01&responseTime=1772697178942&resultCode=0&transId=4088878653',
    );
  });

  it('verifies with any live secret, each with its own access key', () => {
    const newer = { ...momoSecret, accessKey: 'new', secretKey: 'new' };
    expect(verifyMessage('callback', signed, [newer, momoSecret])).toBe(true);
    expect(verifyMessage('callback', signed, [newer])).toBe(false);
    expect(verifyMessage('callback', signed, [{ ...momoSecret, accessKey: 'new' }])).toBe(false);
  });

  it.each(Object.keys(values))('is broken by a change of %s', (name) => {
    expect(verifyMessage('callback', { ...signed, [name]: 'other' }, [momoSecret])).toBe(false);
  });

  it.each(Object.keys(values).filter((name) => name !== 'extraData'))('is broken by the loss of %s', (name) => {
    expect(verifyMessage('callback', { ...signed, [name]: undefined }, [momoSecret])).toBe(false);
  });

  it('leaves fields aside that MoMo does not sign', () => {
    expect(verifyMessage('callback', { ...signed, userFee: 5, paymentOption: 'momo' }, [momoSecret])).toBe(true);
  });

  it('of one message is none of another', () => {
    expect(verifyMessage('refund', signed, [momoSecret])).toBe(false);
    expect(verifyMessage('callback', values, [momoSecret])).toBe(false);
  });
});
