import { describe, expect, it } from '@jest/globals';
import { hmacHex } from '#shared/gateways/hex-signature.ts';
import { signedTextOf, signMessage, verifyCallback, verifyReturn } from '#shared/gateways/zalopay/signer.ts';
import { zalopaySecret } from '#test/support/zalopay-messages.ts';

const { key1, key2 } = zalopaySecret;

describe("ZaloPay's signature", () => {
  it('covers raw values in a fixed order, empty ones kept', () => {
    const values = { app_id: 2701, app_trans_id: '260305_A1', app_user: '', amount: 150_000, app_time: 5, item: '[|]' };
    expect(signedTextOf('create', values, key1)).toBe('2701|260305_A1||150000|5||[|]');
  });

  it('of a query covers the key too', () => {
    expect(signedTextOf('query', { app_id: 2701, app_trans_id: '260305_A1' }, key1)).toBe(`2701|260305_A1|${key1}`);
  });

  it('of a refund covers its fee when there is one', () => {
    const values = { app_id: 1, zp_trans_id: '2', amount: 3, refund_fee_amount: 4, description: 'd', timestamp: 5 };
    expect(signedTextOf('refund', values, key1)).toBe('1|2|3|d|5');
    expect(signedTextOf('refundWithFee', values, key1)).toBe('1|2|3|4|d|5');
  });

  it('of a callback covers the characters of data, and verifies with any live key', () => {
    const data = '{ "app_id" : 2701 }';
    const mac = hmacHex('sha256', key2, data);
    expect(verifyCallback(data, mac, ['newer', key2])).toBe(true);
    expect(verifyCallback(data.replaceAll(' ', ''), mac, [key2])).toBe(false);
    expect(verifyCallback(data, mac, [key1])).toBe(false);
  });

  const address = {
    appid: '2701',
    apptransid: 'a',
    pmcid: '38',
    bankcode: '',
    amount: '5',
    discountamount: '0',
    status: '1',
  };

  it.each(Object.keys(address))('of the return address is broken by a change of %s', (name) => {
    const signed = { ...address, checksum: signMessage('returnAddress', address, key2) };
    expect(verifyReturn(signed, [key2])).toBe(true);
    expect(verifyReturn({ ...signed, [name]: '9' }, [key2])).toBe(false);
  });

  it('of the return address must be there', () => {
    expect(verifyReturn(address, [key2])).toBe(false);
    expect(verifyReturn({ ...address, checksum: '' }, [key2])).toBe(false);
  });
});
