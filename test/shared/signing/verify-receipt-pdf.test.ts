import { describe, expect, it } from '@jest/globals';
import { type Instant, instantSchema } from '#schemas/ids.ts';
import { largestReceiptFile } from '#shared/domain/receipt-file.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import type { ReceiptSigner } from '#shared/domain/signing-ports.ts';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceiptXml } from '#shared/rendering/receipt-xml.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import { signReceiptXml } from '#shared/signing/sign-receipt-xml.ts';
import { type PdfVerdict, verifyReceiptPdf } from '#shared/signing/verify-receipt-pdf.ts';
import type { VerifyingNeeds } from '#shared/signing/verify-receipt-xml.ts';
import { makeAuthority, opensslIsPresent } from '#test/support/certificates.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { alter, flipBit, makePage, makeSignedPage } from '#test/support/signed-pages.ts';

const { taxCode, name } = aReceiptContent().collector;
const now: Instant = instantSchema.parse('2026-11-23T00:00:00.000Z');
const withKeys = opensslIsPresent() ? describe : describe.skip;

withKeys('the verification of a page', () => {
  const root = makeAuthority();
  const key = root.issueFor({ taxCode, name });
  const anchors = [readSigningCertificate(root.rootPem)];
  const needs: VerifyingNeeds = { trust: { anchors, revoked: [] }, now };
  const verify = (pdf: Uint8Array, change: Partial<VerifyingNeeds> = {}) =>
    verifyReceiptPdf(pdf, { ...needs, ...change });

  /** A page with this in the place of the original, signed by us all the same. */
  const pageWith = (signedXml: Uint8Array, signer: ReceiptSigner = key.signer) =>
    makeSignedPage(signer, aReceiptContent(), signedXml);
  const signedXmlBy = (signer: ReceiptSigner, content = aReceiptContent()) =>
    signReceiptXml(renderReceiptXml(content), content, signer);

  it('passes a page of ours and tells who signed it when, and what the original says', async () => {
    const { isGenuine, checks, signer, original } = await verify(await makeSignedPage(key.signer));
    expect(checks.filter(({ outcome }) => outcome !== 'passed').map(({ code }) => code)).toEqual(['V9']);
    expect(isGenuine).toBe(true);
    expect(signer).toMatchObject({
      taxCode,
      serial: key.serial.replace(/^0+/, ''),
      signedAt: '2026-11-22T02:15:41.000Z',
    });
    expect(original?.facts).toMatchObject({ number: 123, totalVnd: 28_000 });
  });

  it('asks the registry about the original', async () => {
    const pdf = await makeSignedPage(key.signer);
    const unknown = await verify(pdf, { lookUp: () => Promise.resolve(undefined) });
    expect(failureOf(unknown)).toBe('V9');
    const lookUp = () => Promise.resolve({ sha256: unknown.original?.sha256, state: 'signed' } as const);
    const known = await verify(pdf, { lookUp });
    expect(known.checks.every(({ outcome }) => outcome === 'passed')).toBe(true);
  });

  it('finds V1 in what is no PDF or too large, V3 in one that is not signed', async () => {
    const largestOfAll = Buffer.concat([await makeSignedPage(key.signer)], largestReceiptFile + 1);
    for (const bytes of [new Uint8Array(), Buffer.from('PK\u0003\u0004'), largestOfAll]) {
      expect(failureOf(await verify(bytes))).toBe('V1');
    }
    const unsigned = await renderReceipt(aReceiptContent(), loadReceiptFonts());
    expect(failureOf(await verify(unsigned))).toBe('V3');
    expect(failureOf(await verify(await makePage(key.signer)))).toBe('V3');
  });

  it('finds V3 when bytes were appended, cut off, or a second signature was made', async () => {
    const pdf = await makeSignedPage(key.signer);
    expect(failureOf(await verify(Buffer.concat([pdf, Buffer.from('\n')])))).toBe('V3');
    expect(failureOf(await verify(pdf.subarray(0, -6)))).toBe('V3');
    expect(failureOf(await verify(Buffer.concat([pdf, pdf])))).toBe('V3');
    expect(failureOf(await verify(alter(pdf, '/ByteRange [0 ', '/ByteRange [1 ')))).toBe('V3');
    expect(failureOf(await verify(alter(pdf, 'ETSI.CAdES.detached', 'adbe.pkcs7.detached')))).toBe('V3');
  });

  it('finds V4 when a byte of the page, its time or its metadata is altered', async () => {
    const pdf = await makeSignedPage(key.signer);
    expect(failureOf(await verify(flipBit(pdf, 900)))).toBe('V4');
    expect(failureOf(await verify(alter(pdf, '(D:20261122021541Z)', '(D:20261122021542Z)')))).toBe('V4');
    expect(failureOf(await verify(alter(pdf, '<pdfaid:part>3', '<pdfaid:part>2')))).toBe('V4');
  });

  it('finds V5 in a signature of another key', async () => {
    const foreign = root.issueFor({ taxCode, name });
    const mixed: ReceiptSigner = { ...key.signer, sign: (message) => foreign.signer.sign(message) };
    expect(failureOf(await verify(await pageWith(await signedXmlBy(key.signer), mixed)))).toBe('V5');
  });

  it('finds V6 when the authority is unknown, the certificate out of its time or revoked before', async () => {
    const pdf = await makeSignedPage(key.signer);
    const stranger = [readSigningCertificate(makeAuthority('Một CA khác').rootPem)];
    const failures = [
      await verify(pdf, { trust: { anchors: stranger, revoked: [] } }),
      await verify(pdf, {
        trust: {
          anchors,
          revoked: [
            { serial: key.serial.replace(/^0+/, ''), revokedAt: instantSchema.parse('2026-11-01T00:00:00.000Z') },
          ],
        },
      }),
      await verify(
        await makeSignedPage(root.issueFor({ taxCode, name, notAfter: new Date('2026-11-01T00:00:00Z') }).signer),
      ),
    ];
    expect(failures.map(failureOf)).toEqual(['V6', 'V6', 'V6']);
  });

  it('finds V7 when another organisation signed the page', async () => {
    const other = root.issueFor({ taxCode: '5709990022', name: 'Sở Khác' });
    expect(failureOf(await verify(await pageWith(await signedXmlBy(key.signer), other.signer)))).toBe('V7');
  });

  it('finds V7 when the original inside was signed at another time', async () => {
    const earlier = aReceiptContent({ signingTime: '2026-11-22T02:15:40.000Z' });
    expect(failureOf(await verify(await pageWith(await signedXmlBy(key.signer, earlier))))).toBe('V7');
  });

  it('finds V8 when the original inside was altered before the page was signed, and names its own fault', async () => {
    const xml = Buffer.from(await signedXmlBy(key.signer)).toString();
    const verdict = await verify(await pageWith(Buffer.from(xml.replace('<SBLai>123<', '<SBLai>124<'))));
    expect(failureOf(verdict)).toBe('V8');
    expect(verdict.checks.find(({ code }) => code === 'V8')?.says).toContain('không đạt V4');
    expect(failureOf(await verify(await pageWith(Buffer.from('<BLai/>'))))).toBe('V8');
  });

  it('finds V2 when there is no original inside', async () => {
    const pdf = await makeSignedPage(key.signer);
    expect(failureOf(await verify(alter(pdf, '/Subtype /text#2Fxml', '/Subtype /text#2Fxmk')))).toBe('V2');
  });

  it('does not unpack a bomb', async () => {
    const bomb = await pageWith(Buffer.alloc(64 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(200_000);
    expect(failureOf(await verify(bomb))).toBe('V3');
  });

  it('never throws, whichever bytes are altered', async () => {
    const pdf = await makeSignedPage(key.signer);
    for (let step = 0; step < 150; step += 1) {
      // A fixed walk over the whole file, so that a failure can be repeated.
      const at = (step * 7_919) % pdf.length;
      const verdict = await verify(step % 3 === 0 ? pdf.subarray(0, at) : flipBit(pdf, at));
      expect(verdict.isGenuine).toBe(false);
    }
  });
});

function failureOf({ checks, isGenuine }: PdfVerdict): string | undefined {
  const failed = checks.find(({ outcome }) => outcome === 'failed');
  expect(isGenuine).toBe(failed === undefined);
  return failed?.code;
}
