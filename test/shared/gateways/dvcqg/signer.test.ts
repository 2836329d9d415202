import { describe, expect, it } from '@jest/globals';
import { signedTextOf, signMessage, verifyMessage } from '#shared/gateways/dvcqg/signer.ts';
import { dvcqgConfirmValues, dvcqgSecret } from '#test/support/dvcqg-messages.ts';

const values = dvcqgConfirmValues();
const signed = { ...values, MaXacThuc: signMessage('confirm', values, dvcqgSecret) };

describe("the platform's checksum", () => {
  it('covers raw values between bars in a fixed order, the key last and missing ones empty', () => {
    expect(signedTextOf('confirm', { ...values, MaNganHang: undefined }, '<key>')).toBe(
      'CONFIRM|00|DT000123|1000000000000301|75000|VND|PP26112200000192||20261122092033|' +
        'Nop phi ho so H49.14-261122-0001|<key>',
    );
    expect(signedTextOf('inquiry', {}, '<key>')).toBe('|||||<key>');
  });

  it('is a plain SHA-256 in small hex', () => {
    expect(signed.MaXacThuc).toMatch(/^[0-9a-f]{64}$/);
  });

  it('verifies with any live secret, in either letter case', () => {
    const newer = { ...dvcqgSecret, secretKey: 'new' };
    expect(verifyMessage('confirm', signed, [newer, dvcqgSecret])).toBe(true);
    expect(verifyMessage('confirm', { ...signed, MaXacThuc: signed.MaXacThuc.toUpperCase() }, [dvcqgSecret])).toBe(
      true,
    );
    expect(verifyMessage('confirm', signed, [newer])).toBe(false);
  });

  it.each(Object.keys(values))('is broken by a change or the loss of %s', (name) => {
    expect(verifyMessage('confirm', { ...signed, [name]: 'other' }, [dvcqgSecret])).toBe(false);
    expect(verifyMessage('confirm', { ...signed, [name]: undefined }, [dvcqgSecret])).toBe(false);
  });

  it('of one message is none of another, and missing it is none at all', () => {
    expect(verifyMessage('inquiry', signed, [dvcqgSecret])).toBe(false);
    expect(verifyMessage('confirm', values, [dvcqgSecret])).toBe(false);
  });
});
