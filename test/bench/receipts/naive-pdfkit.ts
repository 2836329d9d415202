import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Field } from '#shared/rendering/receipt-texts.ts';
import { columnWidths, type Drawing, drawnReceiptOf, fontFiles, page, qrSide } from './drawing.ts';

const left = page.margin;
const width = page.width - 2 * page.margin;

/** pdfkit as its guide shows it: fonts by file name, text in boxes, the QR code as an image. */
export const naivePdfkit: Drawing = {
  name: 'naive pdfkit',
  draw: async (content) => {
    const { texts, sections, qrPng } = drawnReceiptOf(content);
    const document = new PDFDocument({ size: [page.width, page.height], margin: page.margin, font: fontFiles.regular });
    document.registerFont('regular', fontFiles.regular).registerFont('bold', fontFiles.bold);
    document.font('bold').fontSize(14).text(texts.title, { align: 'center' });
    document.font('regular').fontSize(9);
    document.text(texts.symbols.map(({ label, value }) => `${label}: ${value}`).join('   '), { align: 'center' });
    document.text(texts.date, { align: 'center' }).moveDown();
    for (const section of sections) drawFields(document, section);
    drawRow(document, texts.tableHead, 'bold');
    for (const row of texts.tableRows) drawRow(document, row, 'regular');
    drawRow(document, texts.tableSum, 'bold');
    for (const section of [texts.totals, texts.payment]) drawFields(document, section);
    const top = document.y;
    document.image(await qrPng(), left, top, { width: qrSide });
    drawProof(
      document,
      [texts.lookup.heading, `${texts.lookup.code.label}: ${texts.lookup.code.value}`, texts.lookup.url],
      left + qrSide + 10,
      top,
    );
    const { heading, note, state } = texts.signature;
    drawProof(document, [heading, note, ...state], left + 217, top);
    document.fontSize(7).text(texts.identity, left, page.height - page.margin - 12, { lineBreak: false });
    document.end();
    return buffer(document);
  },
};

function drawFields(document: PDFKit.PDFDocument, fields: readonly Field[]): void {
  document.fontSize(8.4);
  for (const { label, value, strong } of fields) {
    const top = document.y;
    document.font('regular').fillColor('#5b636b').text(`${label}:`, left, top, { width: page.labelWidth });
    document.font(strong ? 'bold' : 'regular').fillColor('#1c2024');
    document.text(value, left + page.labelWidth, top, { width: width - page.labelWidth });
  }
  document
    .moveTo(left, document.y)
    .lineTo(left + width, document.y)
    .strokeColor('#c4c9ce')
    .stroke()
    .moveDown(0.5);
}

function drawRow(document: PDFKit.PDFDocument, cells: readonly string[], weight: 'regular' | 'bold'): void {
  const top = document.y;
  document.font(weight).fontSize(7.8);
  let x = left;
  let bottom = top;
  for (const [index, cell] of cells.entries()) {
    const columnWidth = columnWidths[index] ?? 0;
    document.text(cell, x + 3, top, { width: columnWidth - 6, align: index > 2 ? 'right' : 'left' });
    bottom = Math.max(bottom, document.y);
    x += columnWidth;
  }
  document
    .moveTo(left, bottom)
    .lineTo(left + width, bottom)
    .stroke();
  document.y = bottom + 3;
}

function drawProof(document: PDFKit.PDFDocument, lines: readonly string[], x: number, top: number): void {
  document
    .font('regular')
    .fontSize(7.4)
    .text(lines[0] ?? '', x, top, { width: 135 });
  for (const line of lines.slice(1)) document.text(line, { width: 135 });
}
