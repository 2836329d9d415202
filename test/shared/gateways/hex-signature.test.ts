import { describe, expect, it } from '@jest/globals';
import { hmacHex, sha256Hex, verifyHmacHex, verifySha256Hex } from '#shared/gateways/hex-signature.ts';

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

describe('a hex signature over bytes', () => {
  it('is that of the text which they are in UTF-8, for the secret too', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(hmacHex('sha256', bytes('Mật khẩu'), bytes('Lệ phí ✅'))).toBe(hmacHex('sha256', 'Mật khẩu', 'Lệ phí ✅'));
    expect(verifyHmacHex('sha256', 'k', Uint8Array.of(0xff), hmacHex('sha256', 'k', Uint8Array.of(0xff)))).toBe(true);
    expect(verifyHmacHex('sha256', 'k', Uint8Array.of(0xfe), hmacHex('sha256', 'k', Uint8Array.of(0xff)))).toBe(false);
  });
});

describe('a plain SHA-256 in hex', () => {
  it('agrees with FIPS 180-4, and verifies in either letter case', () => {
    const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256Hex('abc')).toBe(digest);
    expect(verifySha256Hex('abc', digest.toUpperCase())).toBe(true);
    expect(verifySha256Hex('abd', digest)).toBe(false);
    expect(verifySha256Hex('abc', digest.slice(1))).toBe(false);
  });
});
