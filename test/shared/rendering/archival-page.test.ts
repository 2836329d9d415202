import { describe, expect, it } from '@jest/globals';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { originalName, renderReceipt } from '#shared/rendering/render-receipt.ts';
import {
  attachmentsOfPdf,
  faultsOfPdf,
  fontsOfPdf,
  pdfToolsArePresent,
  qrCodesOfPdf,
  structureOfPdf,
  textOfPdf,
  wordBoxesOfPdf,
} from '#test/support/pdf-tools.ts';
import { aReceiptContent } from '#test/support/receipt-content.ts';

const fonts = loadReceiptFonts();
const withTools = pdfToolsArePresent() ? describe : describe.skip;

const wordy = {
  ...aReceiptContent().collector,
  name: 'Văn phòng Đăng ký đất đai tỉnh Quảng Ninh, chi nhánh khu vực '.repeat(7).slice(0, 400),
};

withTools('a receipt for those who cannot see it', () => {
  it('has its contents in order, with a heading, a table of rows and the meaning of the picture', async () => {
    const structure = structureOfPdf(await renderReceipt(aReceiptContent(), fonts));
    const parts = [
      /^Document\n {2}H1 \(block\)\n {4}"BIÊN LAI THU PHÍ, LỆ PHÍ ĐIỆN TỬ"/,
      /P \(block\)\n {4}"Tên tổ chức thu: Văn phòng Đăng ký đất đai tỉnh Quảng Ninh"/,
      /Table \(block\)\n {4}TR\n {6}TH\n {8}"STT"\n {6}TH\n {8}"Tên khoản thu"/,
      /TR\n {6}TD\n {8}"1"\n {6}TD\n {8}"Lệ phí chứng nhận đăng ký biến động về đất đai \(tại phường\)"/,
      /Figure/,
    ];
    let from = 0;
    for (const part of parts) {
      const found = structure.slice(from).search(part);
      expect([part, found]).not.toEqual([part, -1]);
      from += found;
    }
    expect(structure).not.toContain('Trang 1/1');
    expect(Buffer.from(await renderReceipt(aReceiptContent(), fonts)).toString('latin1')).toContain('/Alt (');
  });
});

withTools('a page to be signed', () => {
  const signedXml = Buffer.from('<BLai>Biên lai &amp; chữ ký</BLai>');
  const sealed = (...content: Parameters<typeof aReceiptContent>) =>
    renderReceipt(aReceiptContent(...content), fonts, { signedXml, signatureBytes: 1_600 });

  it('shows who signs it when, in place of saying that it is not signed', async () => {
    const text = textOfPdf(await sealed());
    expect(text).toContain('Ký bởi: Văn phòng Đăng ký đất đai tỉnh Quảng Ninh Ký ngày: 22/11/2026 09:15:41');
    expect(text).not.toContain('Chưa ký số');
  });

  it('carries the original byte by byte, as the source of the page', async () => {
    const pdf = await sealed();
    expect(attachmentsOfPdf(pdf)).toEqual([{ name: originalName, bytes: Buffer.from(signedXml) }]);
    const source = Buffer.from(pdf).toString('latin1');
    expect(source).toContain('/AFRelationship /Source');
    expect(source).toContain('/Subtype /text#2Fxml');
  });

  it('declares PDF/A-3b and brings what it demands: its colours, its fonts, metadata in XML', async () => {
    const pdf = await sealed({ collector: { ...aReceiptContent().collector, name: 'Sở A & B <số 1>' } });
    const source = Buffer.from(pdf).toString('utf8');
    expect(source).toContain('<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>');
    expect(source).toContain('<rdf:li>Sở A &amp; B &lt;số 1&gt;</rdf:li>');
    expect(source).toMatch(/\/S \/GTS_PDFA1/);
    expect(source).not.toMatch(/\/(JavaScript|Encrypt|SMask|CA |ca |NeedAppearances|URI)/);
    expect(fontsOfPdf(pdf).every((font) => font.endsWith(': embedded'))).toBe(true);
    expect(faultsOfPdf(pdf)).toBe('');
  });

  it('gives the same bytes again, and others for another original or another room', async () => {
    const pdf = await sealed();
    expect(Buffer.compare(await sealed(), pdf)).toBe(0);
    const content = aReceiptContent();
    const others = [
      { signedXml: Buffer.from('<BLai/>'), signatureBytes: 1_600 },
      { signedXml, signatureBytes: 1_601 },
    ];
    for (const other of others) expect(Buffer.compare(await renderReceipt(content, fonts, other), pdf)).not.toBe(0);
  });

  it('makes room for the name of an organisation of 400 characters', async () => {
    const pdf = await sealed({ collector: wordy });
    expect(textOfPdf(pdf).replaceAll(' ', '')).toContain(`Kýbởi:${wordy.name.replaceAll(' ', '')}`);
    for (const box of wordBoxesOfPdf(pdf)) expect(box.yMax).toBeLessThanOrEqual(595.28 - 12);
    expect(qrCodesOfPdf(pdf)).toHaveLength(1);
  });
});
