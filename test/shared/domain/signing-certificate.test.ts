import { describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import {
  faultOfChain,
  faultOfTime,
  faultsOfCertificate,
  readSigningCertificate,
  serialOf,
} from '#shared/domain/signing-certificate.ts';
import { type CertificateOrder, makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';

const describeSigned = opensslIsPresent() ? describe : describe.skip;
const taxCode = '5709990011';
const name = 'Văn phòng Đăng ký đất đai';

describe('a serial number', () => {
  it.each([
    ['00:ab:0C', 'AB0C'],
    ['0a 0b', 'A0B'],
    ['000', '0'],
    ['AB0C', 'AB0C'],
  ])('%s is written %s', (given, written) => {
    expect(serialOf(given)).toBe(written);
  });
});

describeSigned('a certificate', () => {
  const authority = makeAuthority();
  const issue = (change: Partial<CertificateOrder> = {}) =>
    readSigningCertificate(authority.issueFor({ taxCode, name, ...change }).certificatePem);

  it.each([
    ['/UID=MST:5709990011/O=x/CN=x', '5709990011'],
    ['/O=x/CN=x/UID=MST:5709990011-001', '5709990011-001'],
    ['/UID=MST: 5709990011/CN=x', '5709990011'],
    ['/UID=CCCD:012345678901/UID=MST:5709990011/CN=x', '5709990011'],
    ['/UID=5709990011/CN=x', undefined],
    ['/CN=MST:5709990011', undefined],
    ['/UID=MST:57099900111/CN=x', undefined],
    ['/UID=x MST:5709990011/CN=x', undefined],
  ])('with the subject %s names the tax code %s', (subject, expected) => {
    expect(issue({ subject }).taxCode).toBe(expected);
  });

  it.each([
    ['critical,digitalSignature', true],
    ['nonRepudiation', true],
    ['critical,keyEncipherment,dataEncipherment', false],
    ['critical,keyCertSign,cRLSign', false],
  ])('with the key usage %s may sign: %s', (keyUsage, maySign) => {
    expect(issue({ keyUsage }).maySign).toBe(maySign);
  });

  it('is read alike from PEM and DER', () => {
    const fromPem = issue();
    const fromDer = readSigningCertificate(fromPem.der);
    expect(fromDer).toMatchObject({ serial: fromPem.serial, notAfter: fromPem.notAfter, taxCode });
  });

  it('is good from its first to its last second', () => {
    const limits = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2026-12-31T16:59:59Z') };
    const certificate = issue(limits);
    const at = (text: string) => faultOfTime(certificate, instantSchema.parse(text));
    expect(at('2025-12-31T23:59:59.999Z')).toContain('valid only from 2026-01-01T00:00:00.000Z');
    expect(at('2026-01-01T00:00:00.000Z')).toBeUndefined();
    expect(at('2026-12-31T16:59:59.000Z')).toBeUndefined();
    expect(at('2026-12-31T17:00:00.000Z')).toContain('expired at 2026-12-31T16:59:59.000Z');
  });

  it('has every fault told at once', () => {
    const faulty = issue({ bits: 1024, keyUsage: 'keyEncipherment', subject: '/CN=x' });
    expect(faultsOfCertificate(faulty, taxCode)).toHaveLength(3);
    expect(faultsOfCertificate(issue(), taxCode)).toEqual([]);
  });

  it('is believed through its issuers up to an anchor, and by no other way', () => {
    const below = authority.certifyAuthority('CA con');
    const [own, issuer, root, twin] = [
      below.issueFor({ taxCode, name }),
      below,
      authority,
      // The same name with another key.
      makeAuthority(),
    ].map((key) => readSigningCertificate(key.certificatePem));
    if (own === undefined || issuer === undefined || root === undefined || twin === undefined) throw new Error('none');

    expect(faultOfChain([own, issuer], [root])).toBeUndefined();
    expect(faultOfChain([own, issuer, root], [root])).toBeUndefined();
    expect(faultOfChain([own], [issuer])).toBeUndefined();
    expect(faultOfChain([own], [root])).toContain('no trust anchor issued it');
    expect(faultOfChain([own, issuer], [twin])).toContain('no trust anchor issued it');
    expect(faultOfChain([own, issuer], [])).toContain('no trust anchor issued it');
    expect(faultOfChain([issuer, own], [root])).toContain('not its issuers in order');
    expect(faultOfChain([], [root])).toBe('there is no certificate');
  });

  it('cannot be issued by an organisation, which is no authority', () => {
    const own = authority.issueFor({ taxCode, name });
    expect(faultOfChain([issue()], [readSigningCertificate(own.certificatePem)])).toContain('no trust anchor');
  });

  it.each(['', 'none', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'is not read from %j',
    (text) => {
      expect(() => readSigningCertificate(text)).toThrow();
    },
  );
});
