import { describe, expect, it } from '@jest/globals';
import { openPemSigner } from '#shared/adapters/pem-signer.ts';
import { serialOf } from '#shared/domain/signing-certificate.ts';
import { SigningRefused } from '#shared/domain/signing-ports.ts';
import { makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import { opensslAccepts } from '#test/support/signing-services.ts';

const describeSigned = opensslIsPresent() ? describe : describe.skip;
const message = Buffer.from('biên lai số 1');

describeSigned('a key in PEM', () => {
  const authority = makeAuthority();
  const below = authority.certifyAuthority('CA con');
  const own = below.issueFor({ taxCode: '5709990011', name: 'Văn phòng Đăng ký đất đai' });
  const other = authority.issueFor({ taxCode: '5709990022', name: 'Trung tâm' });
  const secret = { certificateChainPem: own.certificatePem + below.certificatePem, privateKeyPem: own.privateKeyPem };

  it('signs what openssl accepts, always alike, and not for an altered message', async () => {
    const { signer } = openPemSigner('secret one', secret);

    const signature = await signer.sign(message);

    expect(opensslAccepts(own.certificatePem, message, signature)).toBe(true);
    expect(opensslAccepts(own.certificatePem, Buffer.from('biên lai số 2'), signature)).toBe(false);
    expect(await signer.sign(message)).toEqual(signature);
  });

  it('gives its certificate first, then the issuers', () => {
    const { signer } = openPemSigner('secret one', secret);
    expect(signer.certificates.map((der) => Buffer.from(der).toString('hex'))).toEqual(
      [own.certificates[0], below.certificates[0]].map((der) => Buffer.from(der ?? []).toString('hex')),
    );
  });

  it.each([
    ['another key', { ...secret, privateKeyPem: other.privateKeyPem }, `certificate ${serialOf(own.serial)}`],
    [
      'the issuer first',
      { ...secret, certificateChainPem: below.certificatePem + own.certificatePem },
      'does not belong',
    ],
    ['no certificate', { ...secret, certificateChainPem: '' }, 'has no certificate'],
    [
      'a torn certificate',
      { ...secret, certificateChainPem: own.certificatePem.replace('MII', 'XII') },
      'its certificateChainPem',
    ],
    ['a torn key', { ...secret, privateKeyPem: 'none' }, 'its privateKeyPem cannot be read'],
  ])('is refused with %s, and the secret is named', (_fault, faulty, why) => {
    const opening = () => openPemSigner('secret one', faulty);
    expect(opening).toThrow(SigningRefused);
    expect(opening).toThrow(why);
    expect(opening).toThrow(/^secret one/);
  });
});
