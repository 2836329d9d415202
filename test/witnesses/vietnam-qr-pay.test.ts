import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QRPay, VietQRService } from 'vietnam-qr-pay';
import { encodeVietQr } from '#shared/gateways/vietqr-content.ts';

const anAlphanumeric = (characters: string) => fc.constantFrom(...characters.split(''));
const aCode = fc.record(
  {
    bankBin: fc.string({ unit: anAlphanumeric('0123456789'), minLength: 6, maxLength: 6 }),
    accountNumber: fc.string({ unit: anAlphanumeric('0123456789ABCXYZabcxyz'), minLength: 1, maxLength: 19 }),
    target: fc.constantFrom('account', 'card'),
    amountVnd: fc.integer({ min: 1, max: 9_999_999_999_999 }),
    purpose: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 25 }),
  },
  { requiredKeys: ['bankBin', 'accountNumber'] },
);

describe('the package "vietnam-qr-pay" and our VietQR content', () => {
  it('are the same to the byte, whoever is paid, how much, and what for', () => {
    fc.assert(
      fc.property(aCode, ({ bankBin, accountNumber, target, amountVnd, purpose }) => {
        const theirs = QRPay.initVietQR({
          bankBin,
          bankNumber: accountNumber,
          service: target === 'card' ? VietQRService.BY_CARD_NUMBER : VietQRService.BY_ACCOUNT_NUMBER,
          ...(amountVnd !== undefined && { amount: String(amountVnd) }),
          ...(purpose !== undefined && { purpose }),
        });
        const ours = encodeVietQr({
          bankBin,
          accountNumber,
          ...(target !== undefined && { target }),
          ...(amountVnd !== undefined && { amountVnd }),
          ...(purpose !== undefined && { purpose }),
        });
        expect(ours).toBe(theirs.build());
      }),
      { numRuns: 500 },
    );
  });

  it('is read by the package as what we wrote, and written by it the same again', () => {
    fc.assert(
      fc.property(aCode, (code) => {
        const content = encodeVietQr(code);
        const read = new QRPay(content);
        expect(read.isValid).toBe(true);
        expect({
          bankBin: read.consumer.bankBin,
          accountNumber: read.consumer.bankNumber,
          amount: read.amount,
          purpose: read.additionalData.purpose,
          isCard: read.provider.service === VietQRService.BY_CARD_NUMBER,
          currency: read.currency,
        }).toEqual({
          bankBin: code.bankBin,
          accountNumber: code.accountNumber,
          amount: code.amountVnd?.toString(),
          purpose: code.purpose,
          isCard: code.target === 'card',
          currency: '704',
        });
        expect(read.build()).toBe(content);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused by the package when any one character was changed', () => {
    const content = encodeVietQr({
      bankBin: '970436',
      accountNumber: '1017588888',
      amountVnd: 28_000,
      purpose: 'DVC1000000000000301',
    });
    for (const [at, character] of content.split('').entries()) {
      const altered = `${content.slice(0, at)}${character === '0' ? '1' : '0'}${content.slice(at + 1)}`;
      expect({ at, isValid: new QRPay(altered).isValid }).toEqual({ at, isValid: false });
    }
  });

  it('ends in the CRC that the package computes', () => {
    const content = encodeVietQr({ bankBin: '970436', accountNumber: '1017588888' });
    expect(content.slice(-4)).toBe(QRPay.genCRCCode(content.slice(0, -4)));
  });
});
