import { describe, expect, it } from '@jest/globals';
import { loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';
import { textsOf } from '#shared/rendering/receipt-texts.ts';
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
  const qrText = `https://bienlai.example.vn/tra-cuu/7KQ2M9XWPD4T#${'7'.repeat(880)}`;
  const sealing = { signedXml, signatureBytes: 1_600, qrText };
  const sealed = (...content: Parameters<typeof aReceiptContent>) =>
    renderReceipt(aReceiptContent(...content), fonts, sealing);

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
    expect(source).not.toMatch(/\/(JavaScript|Encrypt|SMask|CA |ca |NeedAppearances)/);
    expect(fontsOfPdf(pdf).every((font) => font.endsWith(': embedded'))).toBe(true);
    expect(faultsOfPdf(pdf)).toBe('');
  });

  it('carries the claim as a code of 34 mm, over which a link opens what it says', async () => {
    const pdf = await sealed();
    expect(qrCodesOfPdf(pdf, 150)).toEqual([qrText]);
    const source = Buffer.from(pdf).toString('latin1');
    expect(source.match(/\/URI \(.*?\)/g)).toEqual([`/URI (${qrText})`]);
    // Every annotation must be printed (ISO 19005-3 §6.3.2).
    expect(source).toMatch(/\/Subtype \/Link\n[^>]*\/Rect \[32 [\d.]+ 128 [\d.]+\]\n[^>]*\/F 4\n/);
    expect(structureOfPdf(pdf)).toMatch(/Link \(inline\)\n {4}Figure/);
  });

  it('gives the same bytes again, and others for another original, room or code', async () => {
    const pdf = await sealed();
    expect(Buffer.compare(await sealed(), pdf)).toBe(0);
    const content = aReceiptContent();
    const others = [
      { ...sealing, signedXml: Buffer.from('<BLai/>') },
      { ...sealing, signatureBytes: 1_601 },
      { ...sealing, qrText: `${qrText}1` },
    ];
    for (const other of others) expect(Buffer.compare(await renderReceipt(content, fonts, other), pdf)).not.toBe(0);
  });

  it('gives every text back in composed letters, of a replacement that was collected by delegation too', async () => {
    const delegator = { name: 'Sở Nông nghiệp và Môi trường tỉnh Quảng Ninh', taxCode: '5709990077' };
    const replaces = { template: 'EBL01', series: '26TAA', number: 120, issuedOn: '2026-11-20', reason: 'Sai địa chỉ' };
    const change = { collector: { ...aReceiptContent().collector, delegator }, replaces };
    const lines = ['Phí thẩm định hồ sơ', 'Phí khai thác tài liệu', 'Phí cấp bản sao'].map((name) => ({ name }));

    const printed = textOfPdf(await sealed(change, lines));

    const texts = textsOf(aReceiptContent(change, lines), { signed: true });
    const { symbols, replacement, collector, payer, totals, payment, lookup, signature } = texts;
    const fields = [...symbols, ...replacement, ...collector, ...payer, ...totals, ...payment, lookup.code];
    const said = [
      texts.title,
      texts.date,
      lookup.heading,
      signature.heading,
      signature.note,
      ...signature.state,
      ...fields.map(({ label, value }) => `${label}: ${value}`),
      ...[texts.tableHead, ...texts.tableRows, texts.tableSum].map((row) =>
        row.filter((cell) => cell !== '').join(' '),
      ),
    ].map((text) => text.replaceAll(/\s+/g, ' '));
    expect(said.filter((text) => !printed.includes(text))).toEqual([]);
    expect(printed.replaceAll(' ', '')).toContain(lookup.url);
    expect(printed).toBe(printed.normalize('NFC'));
  });

  it('makes room for the name of an organisation of 400 characters', async () => {
    const pdf = await sealed({ collector: wordy });
    expect(textOfPdf(pdf).replaceAll(' ', '')).toContain(`Kýbởi:${wordy.name.replaceAll(' ', '')}`);
    for (const box of wordBoxesOfPdf(pdf)) expect(box.yMax).toBeLessThanOrEqual(595.28 - 12);
    expect(qrCodesOfPdf(pdf)).toHaveLength(1);
  });
});
