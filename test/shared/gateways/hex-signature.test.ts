import { describe, expect, it } from '@jest/globals';
import { hmacHex, verifyHmacHex } from '#shared/gateways/hex-signature.ts';

describe('a hex signature', () => {
  const signature = hmacHex('sha256', 'secret', 'Lệ phí ✅');
  const verify = (received: string) => verifyHmacHex('sha256', 'secret', 'Lệ phí ✅', received);

  it('agrees with RFC 4231, test case 2, for both algorithms', () => {
    const text = 'what do ya want for nothing?';
    expect(hmacHex('sha256', 'Jefe', text)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
    expect(hmacHex('sha512', 'Jefe', text)).toBe(
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    );
  });

  it('verifies in either letter case', () => {
    expect(verify(signature)).toBe(true);
    expect(verify(signature.toUpperCase())).toBe(true);
  });

  it.each([
    ['empty', ''],
    ['cut by one digit', signature.slice(0, -1)],
    ['cut by one byte', signature.slice(0, -2)],
    ['followed by a line feed', `${signature}\n`],
    ['followed by more digits', `${signature}00`],
    ['with a letter that is no hex digit', `${signature.slice(0, -1)}g`],
    ['with a full-width digit', `${signature.slice(0, -1)}１`],
    ['with 0x in front', `0x${signature.slice(2)}`],
    ['of another text', hmacHex('sha256', 'secret', 'Lệ phí')],
    ['of another secret', hmacHex('sha256', 'Secret', 'Lệ phí ✅')],
    ['of another algorithm', hmacHex('sha512', 'secret', 'Lệ phí ✅')],
  ])('is refused when it is %s', (_what, received) => {
    expect(verify(received)).toBe(false);
  });
});
