import { describe, expect, it } from '@jest/globals';
import { encodeVietQr, type VietQr } from '#shared/gateways/vietqr-content.ts';

const account: VietQr = { bankBin: '970436', accountNumber: '1017588888' };

describe('the content of a VietQR code', () => {
  it('is static without an amount and dynamic with one', () => {
    expect(encodeVietQr(account)).toMatch(/^000201010211/);
    expect(encodeVietQr({ ...account, amountVnd: 1 })).toMatch(/^000201010212.*540115802VN/);
  });

  it('names another service for cards', () => {
    expect(encodeVietQr(account)).toContain('0208QRIBFTTA');
    expect(encodeVietQr({ ...account, accountNumber: '9704360012345678', target: 'card' })).toContain('0208QRIBFTTC');
  });

  it('ends in a CRC of four capital digits over all before it', () => {
    for (let amountVnd = 1; amountVnd < 200; amountVnd += 1) {
      const content = encodeVietQr({ ...account, amountVnd, purpose: 'DVC 1' });
      expect(content).toMatch(/6304[0-9A-F]{4}$/);
      expect(remainderOf(content)).toBe(0);
    }
  });

  it('gives every length in two digits', () => {
    const purpose = 'x'.repeat(25);
    expect(encodeVietQr({ ...account, amountVnd: 9_999_999_999_999, purpose })).toContain(
      `541399999999999995802VN62290825${purpose}6304`,
    );
  });

  it.each([
    { bankBin: '97043' },
    { bankBin: 'VCB001' },
    { accountNumber: '' },
    { accountNumber: '1017 588 888' },
    { accountNumber: '1'.repeat(20) },
    { amountVnd: 0 },
    { amountVnd: 1.5 },
    { amountVnd: 10_000_000_000_000 },
    { purpose: '' },
    { purpose: 'Nộp phí' },
    { purpose: 'x'.repeat(26) },
  ])('refuses %j', (change) => {
    expect(() => encodeVietQr({ ...account, ...change })).toThrow();
  });
});

/** CRC-16/CCITT-FALSE by long division over the whole content with its CRC as two bytes: nothing must remain. */
function remainderOf(content: string): number {
  const bytes = [...Buffer.from(content.slice(0, -4)), ...Buffer.from(content.slice(-4), 'hex')];
  let bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const length = bytes.length * 8;
  bits ^= 0xffffn << BigInt(length - 16);
  for (let at = length - 1; at >= 16; at -= 1) {
    if ((bits >> BigInt(at)) & 1n) bits ^= 0x11021n << BigInt(at - 16);
  }
  return Number(bits);
}
