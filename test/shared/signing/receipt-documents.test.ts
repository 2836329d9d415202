import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import type { ReceiptDocuments, ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import { claimReceipt } from '#shared/signing/receipt-claim.ts';
import { makeReceiptDocuments } from '#shared/signing/receipt-documents.ts';
import { roomForSignature, signReceiptPdf } from '#shared/signing/sign-receipt-pdf.ts';
import { type CertifiedKey, makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { alter, flipBit } from '#test/support/signed-pages.ts';
import { makeSigningScene, type SigningScene } from '#test/support/signed-receipts.ts';

const describeSigned = opensslIsPresent() ? describe : describe.skip;
const fonts = loadReceiptFonts();
const content = aReceiptContent();
const other = aReceiptContent({ number: 124, lookupCode: '7KQ2M9XWPD4U' });

/** The links of a page to an address with a claim. */
const claimsIn = (page: Uint8Array) =>
  Buffer.from(page)
    .toString('latin1')
    .match(/\/URI \([^)]*#\d+\)/g) ?? [];

describeSigned('a document that lies in the archive', () => {
  let scene: SigningScene;
  let documents: ReceiptDocuments;
  beforeAll(() => {
    scene = makeSigningScene();
    documents = makeReceiptDocuments({ fonts, trust: scene.trust });
  });

  const issue = (name: string, change: object = {}): CertifiedKey =>
    scene.authority.issueFor({ taxCode: '5709990011', name, ...change });
  const xmlBy = ({ signer }: CertifiedKey, of = content) => documents.signXml(documents.writeXml(of), of, signer);
  const pageBy = async ({ signer }: CertifiedKey, signedXml: Uint8Array, of = content) =>
    documents.signPage(await documents.drawPage(of, signedXml, signer), signer);

  it('is the receipt, whichever good certificate of its organisation signed either document', async () => {
    const renewed = issue('Văn phòng Đăng ký đất đai');
    const xml = await xmlBy(scene.organisation);

    expect(await documents.faultOfXml(xml, content)).toBeUndefined();
    expect(await documents.faultOfXml(await xmlBy(renewed), content)).toBeUndefined();
    expect(await documents.faultOfPage(await pageBy(scene.organisation, xml), content, xml)).toBeUndefined();
    expect(await documents.faultOfPage(await pageBy(renewed, xml), content, xml)).toBeUndefined();
  });

  it('is not the receipt when it is another one, or another time of signing', async () => {
    const xml = await xmlBy(scene.organisation);
    const later = aReceiptContent({ signingTime: '2026-11-22T02:15:42.000Z' });
    const page = await pageBy(scene.organisation, xml);

    expect(await documents.faultOfXml(xml, other)).toMatch(/gives other bytes/);
    expect(await documents.faultOfXml(xml, later)).toMatch(/gives other bytes/);
    expect(await documents.faultOfPage(page, other, xml)).toMatch(/gives other bytes/);
    expect(await documents.faultOfPage(page, later, xml)).toMatch(/gives other bytes/);
  });

  it('is no page of the receipt when it carries another original', async () => {
    const [xml, ofRenewed] = [await xmlBy(scene.organisation), await xmlBy(issue('Văn phòng'))];

    const page = await pageBy(scene.organisation, ofRenewed);

    expect(await documents.faultOfPage(page, content, xml)).toMatch(/gives other bytes/);
  });

  it('is the page of a receipt that was numbered before claims were printed, made then or now', async () => {
    const before = aReceiptContent({ rendererVersion: '2' });
    const xml = await xmlBy(scene.organisation, before);
    const page = await pageBy(scene.organisation, xml, before);

    expect(claimsIn(page)).toEqual([]);
    expect(await documents.faultOfPage(page, before, xml)).toBeUndefined();
    expect(await documents.faultOfPage(page, content, xml)).toMatch(/gives other bytes/);
    expect(await documents.faultOfPage(await pageBy(scene.organisation, xml), before, xml)).toMatch(
      /gives other bytes/,
    );
  });

  it('is no page of the receipt when the claim in its code is not over this XML, or not by the key of the page', async () => {
    const xml = await xmlBy(scene.organisation);
    const claimedBy = async (signer: ReceiptSigner, signedXml = xml) =>
      claimReceipt(content, createHash('sha256').update(signedXml).digest('hex'), signer);
    const nothing = { ...scene.organisation.signer, sign: () => Promise.resolve(new Uint8Array(256)) };
    const claims = [
      content.lookupUrl,
      await claimedBy(issue('Văn phòng').signer),
      await claimedBy(scene.organisation.signer, await xmlBy(issue('Văn phòng'))),
      await claimedBy(nothing),
    ];

    for (const qrText of claims) {
      const { signer } = scene.organisation;
      const sealing = { signedXml: xml, signatureBytes: roomForSignature(signer), qrText };
      const page = await signReceiptPdf(await renderReceipt(content, fonts, sealing), signer);
      expect(await documents.faultOfPage(page, content, xml)).toMatch(/gives other bytes/);
    }
  });

  it('is refused when a value that is no signature stands in the place of one', async () => {
    const { certificates } = scene.organisation;
    const nothing = { certificates, sign: () => Promise.resolve(new Uint8Array(256)) };
    const xml = await xmlBy(scene.organisation);
    const unsigned = await documents.signXml(documents.writeXml(content), content, nothing);
    const page = await documents.signPage(await documents.drawPage(content, xml, scene.organisation.signer), nothing);

    expect(await documents.faultOfXml(unsigned, content)).toMatch(/gives other bytes/);
    expect(await documents.faultOfPage(page, content, xml)).toMatch(/gives other bytes/);
  });

  it('is refused when one bit of it was turned over, wherever it is', async () => {
    const xml = await xmlBy(scene.organisation);
    const page = await pageBy(scene.organisation, xml);
    const places = (length: number) => Array.from({ length: 12 }, (_, index) => Math.floor((index * length) / 12) + 7);

    for (const at of places(xml.length)) expect(await documents.faultOfXml(flipBit(xml, at), content)).toBeDefined();
    for (const at of places(page.length)) {
      expect(await documents.faultOfPage(flipBit(page, at), content, xml)).toBeDefined();
    }
    expect(await documents.faultOfXml(xml.subarray(0, -1), content)).toBeDefined();
    expect(await documents.faultOfPage(page.subarray(0, -9), content, xml)).toBeDefined();
  });

  it.each([
    ['nothing', ''],
    ['a text', 'not yet'],
    ['a signature without a certificate', '<SignatureValue>AAAA</SignatureValue>'],
    ['a certificate that is none', '<SignatureValue>AAAA</SignatureValue><X509Certificate>AAAA</X509Certificate>'],
  ])('is refused when it is %s', async (_, text) => {
    const xml = await xmlBy(scene.organisation);

    expect(await documents.faultOfXml(Buffer.from(text), content)).toBeDefined();
    expect(await documents.faultOfPage(Buffer.from(text), content, xml)).toBeDefined();
  });

  it('is refused when its signature is of another key than its certificate', async () => {
    const xml = await xmlBy(scene.organisation);
    const [, value = ''] =
      /<SignatureValue>([^<]+)</.exec(Buffer.from(await xmlBy(issue('Văn phòng'))).toString()) ?? [];
    const [, own = ''] = /<SignatureValue>([^<]+)</.exec(Buffer.from(xml).toString()) ?? [];

    expect(await documents.faultOfXml(alter(xml, own, value), content)).toMatch(/gives other bytes/);
  });

  it.each([
    ['another organisation', () => issue('Trung tâm', { taxCode: '5709990022' }), /tax code 5709990022/],
    [
      'a certificate that had ended by then',
      () => issue('Văn phòng', { notAfter: new Date('2026-11-22T02:15:40Z') }),
      /expired/,
    ],
    [
      'an authority that nobody knows',
      () => makeAuthority('CA lạ').issueFor({ taxCode: '5709990011', name: 'Văn phòng' }),
      /not believed/,
    ],
    ['a certificate for encryption', () => issue('Văn phòng', { keyUsage: 'critical,keyEncipherment' }), /is not good/],
  ])('is refused when it was signed by %s', async (_, keyOf, why) => {
    const key = keyOf();
    const xml = await xmlBy(key);

    expect(await documents.faultOfXml(xml, content)).toMatch(why);
    expect(await documents.faultOfPage(await pageBy(key, xml), content, xml)).toMatch(why);
  });

  it('is refused when its certificate was revoked before the time of signing, and not when after', async () => {
    const revokedAt = (instant: string) => {
      const revoked = [
        {
          serial: readSigningCertificate(scene.organisation.certificatePem).serial,
          revokedAt: instantSchema.parse(instant),
        },
      ];
      return makeReceiptDocuments({ fonts, trust: { ...scene.trust, revoked } });
    };
    const xml = await xmlBy(scene.organisation);

    expect(await revokedAt('2026-11-22T02:15:41.000Z').faultOfXml(xml, content)).toMatch(/revoked/);
    expect(await revokedAt('2026-11-22T02:15:41.001Z').faultOfXml(xml, content)).toBeUndefined();
  });
});
