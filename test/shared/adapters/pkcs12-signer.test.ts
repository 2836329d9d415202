import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openPkcs12Signer } from '#shared/adapters/pkcs12-signer.ts';
import { serialOf } from '#shared/domain/signing-certificate.ts';
import { SigningRefused } from '#shared/domain/signing-ports.ts';
import { type CertifiedKey, makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import { opensslAccepts } from '#test/support/signing-services.ts';

const describeSigned = opensslIsPresent() ? describe : describe.skip;
const message = Buffer.from('biên lai số 1');
const password = 'cua-van-phong';

/** A .p12 file as openssl writes it. */
function exportPkcs12(key: CertifiedKey, others: string, options: readonly string[] = [], secret = password): string {
  const folder = mkdtempSync(join(tmpdir(), 'bien-lai-p12-'));
  try {
    writeFileSync(join(folder, 'key.pem'), key.privateKeyPem);
    writeFileSync(join(folder, 'cert.pem'), key.certificatePem);
    writeFileSync(join(folder, 'others.pem'), others);
    const more = others === '' ? [] : ['-certfile', 'others.pem'];
    const input = ['-inkey', 'key.pem', '-in', 'cert.pem', ...more, ...options];
    const args = ['pkcs12', '-export', ...input, '-passout', `pass:${secret}`, '-out', 'out.p12'];
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    return readFileSync(join(folder, 'out.p12')).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const olderFile = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];

describeSigned('a key in PKCS#12', () => {
  const authority = makeAuthority();
  const below = authority.certifyAuthority('CA con');
  const own = below.issueFor({ taxCode: '5709990011', name: 'Văn phòng Đăng ký đất đai' });

  it.each([
    ['AES-256 and SHA-256, as openssl 3 writes it', []],
    ['triple DES and SHA-1, as older tools do', olderFile],
  ])('opens with %s and signs what openssl accepts', async (_how, options) => {
    const fileBase64 = exportPkcs12(own, authority.certificatePem + below.certificatePem, options);

    const { signer, own: certificate } = openPkcs12Signer('secret one', { fileBase64, password });

    expect(opensslAccepts(own.certificatePem, message, await signer.sign(message))).toBe(true);
    expect(certificate.serial).toBe(serialOf(own.serial));
  });

  it('puts its certificates in order, the signer first, whatever their order in the file', () => {
    const fileBase64 = exportPkcs12(own, authority.certificatePem + below.certificatePem);

    const { chain } = openPkcs12Signer('secret one', { fileBase64, password });

    expect(chain.map(({ serial }) => serial)).toEqual([own, below, authority].map((key) => serialOf(key.serial)));
  });

  it('opens an older file whose password is Vietnamese', async () => {
    const fileBase64 = exportPkcs12(own, '', olderFile, 'mật khẩu');
    const { signer } = openPkcs12Signer('secret one', { fileBase64, password: 'mật khẩu' });
    expect(opensslAccepts(own.certificatePem, message, await signer.sign(message))).toBe(true);
  });

  it.each([
    ['another password', { fileBase64: exportPkcs12(own, ''), password: 'khác' }],
    ['bytes that are no such file', { fileBase64: 'AAAA', password }],
  ])('is refused with %s, without telling the password', (_fault, secret) => {
    const opening = () => openPkcs12Signer('secret one', secret);
    expect(opening).toThrow(SigningRefused);
    expect(opening).toThrow('secret one cannot be opened');
    expect(opening).not.toThrow(secret.password);
  });
});
