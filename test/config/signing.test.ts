import { describe, expect, it } from '@jest/globals';
import { loadSigning, readSigning } from '#config/signing.ts';
import { loadUnits } from '#config/units.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { serialOf } from '#shared/domain/signing-certificate.ts';
import { makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';

const units = loadUnits('dev');
const path = 'config/test/signing.json';
const taxCode = '5709990011';
const [pemKey] = loadSigning('dev').keys;

describe('the signing keys of the stages', () => {
  it('are in dev one of kind pem for each unit', () => {
    const keys = loadSigning('dev').keys.map((key) => [key.taxCode, key.kind]);
    expect(keys).toEqual(units.map((unit) => [unit.taxCode, 'pem']));
  });

  it('refuse to load in prod, which nobody has filled', () => {
    expect(() => loadSigning('prod')).toThrow(/config\/prod\/(units|signing)\.json is not usable/);
  });

  it('take no local trust anchors in prod', () => {
    expect(() => loadSigning('prod', 'anything')).toThrow(/Trust anchors of a local run are given in stage prod/);
  });
});

const describeSigned = opensslIsPresent() ? describe : describe.skip;

describeSigned('a file of signing keys', () => {
  const authority = makeAuthority();
  const below = authority.certifyAuthority('CA con');
  const own = below.issueFor({ taxCode, name: 'Văn phòng Đăng ký đất đai' });
  const other = below.issueFor({ taxCode: '5709990022', name: 'Trung tâm' });
  const weak = below.issueFor({ taxCode, name: 'Văn phòng', bits: 1024 });
  const forTls = below.issueFor({ taxCode, name: 'Văn phòng', keyUsage: 'critical,keyEncipherment' });
  const nameless = below.issueFor({ taxCode, name: 'Văn phòng', subject: '/CN=Văn phòng' });
  const stranger = makeAuthority('CA lạ').issueFor({ taxCode, name: 'Văn phòng' });

  const base64 = (certificates: readonly Uint8Array[]) =>
    certificates.map((der) => Buffer.from(der).toString('base64'));
  const root = base64(authority.certificates);
  const kmsKey = {
    kind: 'kms',
    taxCode,
    validFrom: '2026-01-01',
    keyId: 'alias/bienlai-prod-5709990011',
    certificates: base64(own.certificates),
  };
  const file = (change: object = {}) => ({
    path,
    data: { trustAnchors: root, revoked: [], keys: [kmsKey], ...change },
  });
  const keyed = (...edits: readonly object[]) => file({ keys: edits.map((edit) => ({ ...kmsKey, ...edit })) });

  it('loads, with its chain up to a trust anchor, and serial numbers in one spelling', () => {
    const revoked = [{ serial: '00:ab:cd', revokedAt: '2026-11-22T02:15:30.000Z', reason: 'mất thiết bị' }];
    const settings = readSigning(file({ revoked }), 'prod', units);
    expect(settings.keys).toEqual([kmsKey]);
    expect(settings.revoked).toEqual([{ ...revoked[0], serial: 'ABCD' }]);
  });

  it('takes several keys of an organisation that begin on different days', () => {
    expect(readSigning(keyed({}, { validFrom: '2027-01-01' }), 'prod', units).keys).toHaveLength(2);
  });

  it.each([
    [
      'the certificate of another organisation',
      { certificates: base64(other.certificates) },
      /names tax code 5709990022, not 5709990011/,
    ],
    ['a certificate without a tax code', { certificates: base64(nameless.certificates) }, /names no tax code/],
    [
      'a certificate for TLS',
      { certificates: base64(forTls.certificates) },
      /neither digitalSignature nor nonRepudiation/,
    ],
    ['a short key', { certificates: base64(weak.certificates) }, /no RSA key of 2048 bits/],
    [
      'a certificate of a strange authority',
      { certificates: base64(stranger.certificates) },
      /no trust anchor issued it/,
    ],
    [
      'a chain with its middle missing',
      { certificates: base64(own.certificates).slice(0, 1) },
      /no trust anchor issued it/,
    ],
    [
      'a chain out of order',
      { certificates: [...base64(own.certificates), ...base64(own.certificates)] },
      /not its issuers in order/,
    ],
    ['bytes that are no certificate', { certificates: ['AAAA'] }, /\.keys\[0\]: a certificate cannot be read/],
    ['text that is no base64', { certificates: ['***'] }, /\.keys\[0\]\.certificates\[0\]: must be a certificate/],
    ['no certificate', { certificates: [] }, /\.keys\[0\]\.certificates: must hold the certificate/],
    ['a tax code of nobody', { taxCode: '0100000000' }, /tax code 0100000000 is that of no unit/],
    ['an unknown kind', { kind: 'usb' }, /\.keys\[0\]\.kind: must be kms, remote, pem or pkcs12/],
    [
      'a remote service without TLS',
      { kind: 'remote', url: 'http://x.example', secret: 'x' },
      /\.keys\[0\]\.url: must be an https/,
    ],
    ['a secret in the open', { password: 'x' }, /\.keys\[0\]: .*password/],
  ])('is refused with %s, and the place is named', (_fault, edit, why) => {
    const reading = () => readSigning(keyed(edit), 'prod', units);
    expect(reading).toThrow(ConfigurationError);
    expect(reading).toThrow('config/test/signing.json is not usable: .keys[0]');
    expect(reading).toThrow(why);
  });

  it.each([
    ['keys in secrets', file({ keys: [pemKey] }), /kind pem is for local runs; prod takes kms or remote/],
    ['no trust anchor', file({ trustAnchors: [] }), /\.trustAnchors: is empty/],
    [
      'an anchor that is no authority',
      file({ trustAnchors: base64(own.certificates) }),
      /\.trustAnchors\[0\]: is no certificate of an auth/,
    ],
    ['a key twice', keyed({}, {}), /\.keys\[1\]: key 5709990011 from 2026-01-01 is already in row \[0\]/],
    ['no file', { path, data: null }, /the file: /],
  ])('is refused in prod with %s', (_fault, faulty, why) => {
    expect(() => readSigning(faulty, 'prod', units)).toThrow(why);
  });

  it('names every fault together', () => {
    const faulty = keyed({ certificates: base64(weak.certificates), taxCode: '5709990022' });
    expect(() => readSigning(faulty, 'prod', units)).toThrow(
      new RegExp(`certificate ${serialOf(weak.serial)}: its subject names.*certificate .*: its key is no RSA`),
    );
  });

  it('is joined by the trust anchors of a local run', () => {
    expect(loadSigning('dev', authority.rootPem).trustAnchors).toEqual(root);
    expect(() => loadSigning('dev', 'nothing')).toThrow(/hold no PEM certificate/);
  });
});
