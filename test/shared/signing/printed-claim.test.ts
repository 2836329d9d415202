import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from '@jest/globals';
import PDFDocument from 'pdfkit';
import { qrPathOf } from '#shared/rendering/qr-path.ts';
import { claimReceipt } from '#shared/signing/receipt-claim.ts';
import { makeAuthority, opensslIsPresent, type TestAuthority } from '#test/support/certificates.ts';
import { pdfToolsArePresent, qrCodesOfPdf } from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

const withTools = opensslIsPresent() && pdfToolsArePresent() ? describe : describe.skip;

/** Side of the code on the page, in points: 34 mm. */
const side = 96;
/** A worse picture than any telephone takes. */
const dotsPerInch = 150;

async function printedCode(text: string): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A5', margin: 0, font: '' });
  const { operators, size } = qrPathOf(text);
  document
    .translate(32, 400)
    .scale(side / size)
    .addContent(operators);
  document.end();
  return buffer(document);
}

withTools('a printed claim', () => {
  let authority: TestAuthority;
  beforeAll(() => {
    authority = makeAuthority();
  });

  it.each([
    ['of an RSA key of 2048 bits', 2048, {}, 77],
    ['of one of 3072 bits', 3072, {}, 89],
    [
      'of the largest receipt of a dependent unit under a long address',
      2048,
      {
        number: 99_999_999,
        collector: { ...aReceiptContent().collector, taxCode: '5709990011-001' },
        lookupUrl: 'https://bienlaidientu.tthcc.quangninh.gov.vn/r/7KQ2M9XWPD4T',
      },
      81,
    ],
  ])('%s is read from a coarse picture of the page', async (_, bits, change, modules) => {
    const { signer } = authority.issueFor({ taxCode: '5709990011', name: 'Văn phòng Đăng ký đất đai', bits });
    const content = aReceiptContent(change, [{ amountVnd: 999_999_999_999 }]);

    const text = await claimReceipt(content, 'c0ffee00'.repeat(8), signer);

    expect(qrPathOf(text).size).toBe(modules);
    expect(qrCodesOfPdf(await printedCode(text), dotsPerInch)).toEqual([text]);
  });
});
