import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { renderReceipt } from '#shared/rendering/render-receipt.ts';
import { RENDERER_VERSION } from '#shared/rendering/renderer-version.ts';
import { substanceOfPdf } from '#test/support/pdf-substance.ts';
import { pdfToolsArePresent, qrCodesOfPdf } from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

const fonts = loadReceiptFonts();
const { lookupUrl } = aReceiptContent();
const sealing = { signedXml: Buffer.from('<BLai/>'), signatureBytes: 1_600 };
const claims = `${lookupUrl}#${'7'.repeat(880)}`;

const sealed = (rendererVersion: string, qrText: string) =>
  renderReceipt(aReceiptContent({ rendererVersion }), fonts, { ...sealing, qrText });
const digestOf = (pdf: Uint8Array) => createHash('sha256').update(substanceOfPdf(pdf)).digest('hex');

describe('a version of the renderer', () => {
  // A receipt that is numbered gets these bytes whenever it is signed, and is recognised in the archive by them. When a
  // digest differs, the change needs a version of its own, with this one kept beside it.
  it.each([
    ['2', lookupUrl, '0c670ebb2a8e68289745cfe54fe9337607cfa8ffebfae7cfe91f1c8f0439c6d1'],
    ['3', claims, '4272efbe36965e72f22b200c9a6b2aaa84c7b368ef27eb1e74c5708d371fb67a'],
  ])('%s draws what it always drew', async (version, qrText, digest) => {
    expect(digestOf(await sealed(version, qrText))).toBe(digest);
  });

  it('stands in the page that it drew, and the one for new receipts is the last', async () => {
    for (const version of ['2', '3']) {
      expect(Buffer.from(await sealed(version, lookupUrl)).toString()).toContain(`bien-lai ${version}<`);
    }
    expect(RENDERER_VERSION).toBe('3');
  });

  it.each(['0', '1', '4', 'toString'])('%s is none that can be drawn here', async (version) => {
    await expect(sealed(version, lookupUrl)).rejects.toThrow(
      `26TAA 123 was frozen for renderer ${version}, and this one draws versions 2 and 3`,
    );
  });
});

const withTools = pdfToolsArePresent() ? it : it.skip;

withTools('a page that is not signed leads to the look-up, whichever version drew it', async () => {
  for (const rendererVersion of ['2', '3']) {
    const pdf = await renderReceipt(aReceiptContent({ rendererVersion }), fonts);
    expect(qrCodesOfPdf(pdf, 150)).toEqual([lookupUrl]);
  }
});
