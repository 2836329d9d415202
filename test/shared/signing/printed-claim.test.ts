import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { instantSchema } from '#schemas/ids.ts';
import { readSigningCertificate } from '#shared/domain/signing-certificate.ts';
import { qrPathOf } from '#shared/rendering/qr-path.ts';
import { verifyClaim } from '#shared/signing/verify-claim.ts';
import { type CertifiedKey, makeAuthority, opensslIsPresent, type TestAuthority } from '#test/support/certificates.ts';
import { attachmentsOfPdf, pdfToolsArePresent, qrCodesOfPdf } from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';
import { makeSignedPage } from '#test/support/signed-pages.ts';

const withTools = opensslIsPresent() && pdfToolsArePresent() ? describe : describe.skip;

/** A worse picture than any telephone takes. */
const dotsPerInch = 150;
const { collector } = aReceiptContent();
const replaces = { template: 'EBL01', series: '26TAA', number: 120, issuedOn: '2026-11-20', reason: 'Sai mã số thuế' };

withTools('the claim on a signed page, read by an inspector from the paper', () => {
  let authority: TestAuthority;
  beforeAll(() => {
    authority = makeAuthority();
  });

  /** By what an inspector carries: the public certificates, and no network. */
  const verify = (text: string, key: CertifiedKey) =>
    verifyClaim(text, {
      signers: [key.certificates.map(readSigningCertificate)],
      trust: { anchors: [readSigningCertificate(authority.rootPem)], revoked: [] },
      now: instantSchema.parse('2026-11-23T02:15:41.000Z'),
    });

  it.each([
    { what: 'of an RSA key of 2048 bits' },
    { what: 'of one of 3072 bits', bits: 3072, modules: 89 },
    { what: 'of one of 4096 bits', bits: 4096, modules: 97 },
    { what: 'behind forty fee lines', fees: 40 },
    { what: 'of a replacement', change: { replaces } },
    {
      what: 'of an organisation and a payer with the longest names',
      change: {
        collector: { ...collector, name: 'Văn phòng Đăng ký đất đai '.repeat(16).slice(0, 400) },
        payer: { name: 'Công ty cổ phần đầu tư '.repeat(18).slice(0, 400) },
      },
    },
    {
      what: 'of the largest receipt of a dependent unit under a long address',
      change: {
        number: 99_999_999,
        collector: { ...collector, taxCode: '5709990011-001' },
        lookupUrl: 'https://bienlaidientu.tthcc.quangninh.gov.vn/r/7KQ2M9XWPD4T',
      },
      modules: 81,
    },
  ])(
    '$what is genuine, and names the XML that the page carries',
    async ({ bits = 2048, change, fees = 1, modules = 77 }) => {
      const lines = Array.from({ length: fees }, () => ({ amountVnd: Math.floor(999_999_999_999 / fees) }));
      const content = aReceiptContent(change, lines);
      const { taxCode, name } = content.collector;
      const key = authority.issueFor({ taxCode, name: name.slice(0, 60), bits });

      const page = await makeSignedPage(key.signer, content);
      const [text = '', ...more] = qrCodesOfPdf(page, dotsPerInch);

      expect(more).toEqual([]);
      expect(text.split('#')).toEqual([content.lookupUrl, expect.stringMatching(/^[1-9]\d+$/)]);
      expect(qrPathOf(text).size).toBe(modules);
      const [original] = attachmentsOfPdf(page);
      const xmlSha256 = createHash('sha256')
        .update(original?.bytes ?? '')
        .digest('hex');
      const { number, totalVnd: amountVnd } = content;
      expect(verify(text, key)).toMatchObject({
        kind: 'genuine',
        claim: { taxCode, number, amountVnd, signedAt: content.signingTime, xmlSha256 },
      });
    },
  );
});
