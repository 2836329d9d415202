import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { SigningUnavailable } from '#shared/domain/signing-ports.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { signReceiptXml } from '#shared/signing/sign-receipt-xml.ts';
import { opensslIsPresent } from '#test/support/certificates.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { alter, makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';
import { xmlsecAccepts, xmlsecIsPresent } from '#test/support/xml-tools.ts';

const withOpenssl = opensslIsPresent() ? describe : describe.skip;
const withXmlsec = opensslIsPresent() && xmlsecIsPresent() ? describe : describe.skip;

withOpenssl('a signed receipt', () => {
  let scene: SigningScene;
  const content = aReceiptContent();
  beforeAll(() => {
    scene = makeSigningScene();
  });

  it('is the XML as it was written, with a signature in the slot of the collecting organisation', async () => {
    const xml = renderReceiptXml(content);
    const signed = await scene.sign();
    expect(signed.replace(/<Signature .*<\/Signature>/, '')).toBe(xml);
    expect(signed).toMatch(/<DSCKS><TCThu><Signature .*<\/Signature><\/TCThu><\/DSCKS><\/BLai>$/);
  });

  it('refers to the data and to the signing time, by SHA-256 and exclusive canonical XML only', async () => {
    const signed = await scene.sign();
    expect([...signed.matchAll(/<Reference URI="([^"]*)"/g)].map(([, uri]) => uri)).toEqual([
      '#data',
      `#SigningTime-${content.lookupCode}`,
    ]);
    expect([...new Set([...signed.matchAll(/Algorithm="([^"]*)"/g)].map(([, name]) => name))]).toEqual([
      'http://www.w3.org/2001/10/xml-exc-c14n#',
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'http://www.w3.org/2001/04/xmlenc#sha256',
    ]);
  });

  it('says when it was signed, by the clock in Vietnam', async () => {
    expect(await scene.sign()).toContain('<SigningTime>2026-11-22T09:15:41</SigningTime>');
  });

  it('brings the certificate of the signer and its issuers, and names the signer', async () => {
    const signed = await scene.sign();
    const certificates = [...signed.matchAll(/<X509Certificate>([^<]*)</g)].map(
      ([, text = '']) => new X509Certificate(Buffer.from(text, 'base64')).subject,
    );
    expect(certificates).toHaveLength(2);
    expect(certificates[0]).toContain('MST:5709990011');
    expect(signed).toContain('C=VN,UID=MST:5709990011</X509SubjectName>');
  });

  it('has the same bytes each time', async () => {
    expect(await scene.sign()).toBe(await scene.sign());
  });

  it('lets the error of a signer through, which says whether to wait', async () => {
    const sign = async () => {
      throw new SigningUnavailable('the key store is away');
    };
    const signer = { certificates: scene.organisation.certificates, sign };
    await expect(signReceiptXml(renderReceiptXml(content), content, signer)).rejects.toThrow(SigningUnavailable);
  });

  it('needs a certificate, without which nobody could verify it', async () => {
    const signer = { ...scene.organisation.signer, certificates: [] };
    await expect(signReceiptXml(renderReceiptXml(content), content, signer)).rejects.toThrow('certificate');
  });

  it('is signed once: a second signature finds no slot', async () => {
    const signed = await scene.sign();
    await expect(signReceiptXml(signed, content, scene.organisation.signer)).rejects.toThrow('slot');
  });
});

withXmlsec('xmlsec1', () => {
  let scene: SigningScene;
  beforeAll(() => {
    scene = makeSigningScene();
  });
  const accepts = (xml: string) => xmlsecAccepts(xml, scene.root.rootPem);

  it('accepts our signature', async () => {
    expect(accepts(await scene.sign())).toBe(true);
  });

  it('accepts names that XML must escape, and a hundred lines', async () => {
    const lines = Array.from({ length: 100 }, () => ({ name: `Phí <thẩm định> & 'sao' "lục"`, amountVnd: 2_000 }));
    expect(accepts(await scene.sign({ content: aReceiptContent({ payer: { name: '<&>"\' ]]> 🙂' } }, lines) }))).toBe(
      true,
    );
  });

  it.each([
    ['a digit', '<TTien>28000', '<TTien>28001'],
    ['the name', 'Nguyễn Thị Ánh Tuyết', 'Nguyễn Thị Ánh Tuyêt'],
    ['the signing time', '2026-11-22T09:15:41', '2026-11-22T09:15:42'],
    ['the value of the signature', /<SignatureValue>..../, '<SignatureValue>AAAA'],
    ['a digest', /<DigestValue>..../, '<DigestValue>AAAA'],
    ['the references, of which one is missing', /<Reference URI="#SigningTime.*?<\/Reference>/, ''],
    ['the method to SHA-1', '2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#rsa-sha1'],
  ])('refuses a copy that alters %s', async (_, from, to) => {
    expect(accepts(alter(await scene.sign(), from, to))).toBe(false);
  });

  it('refuses the certificate of somebody else', async () => {
    const other = scene.authority.issueFor({ taxCode: '5709990022', name: 'Tổ chức khác' });
    const swapped = Buffer.from(other.certificates[0] ?? []).toString('base64');
    const signed = await scene.sign();
    expect(accepts(alter(signed, /<X509Certificate>[^<]*/, `<X509Certificate>${swapped}`))).toBe(false);
  });

  it('refuses a second part of the same id', async () => {
    const signed = await scene.sign();
    const second = '<DLBLai Id="data"><TTChung></TTChung></DLBLai>';
    expect(accepts(alter(signed, '<BLai>', `<BLai>${second}`))).toBe(false);
  });

  it('refuses a signer whom the root does not vouch for', async () => {
    expect(xmlsecAccepts(await scene.sign(), makeSigningScene().root.rootPem)).toBe(false);
  });
});
