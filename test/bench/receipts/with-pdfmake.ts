import pdfmake from 'pdfmake';
import type { Field } from '#shared/rendering/receipt-texts.ts';
import { columnWidths, type Drawing, drawnReceiptOf, fontFiles, page, qrSide } from './drawing.ts';

pdfmake.setFonts({ BeVietnam: { normal: fontFiles.regular, bold: fontFiles.bold } });
pdfmake.setLocalAccessPolicy((path) => Object.values<string>(fontFiles).includes(path));
pdfmake.setUrlAccessPolicy(() => false);

export const withPdfmake: Drawing = {
  name: 'pdfmake',
  draw: (content) => {
    const { texts, sections, qrText } = drawnReceiptOf(content);
    const { heading, note, state } = texts.signature;
    return pdfmake
      .createPdf({
        pageSize: { width: page.width, height: page.height },
        pageMargins: page.margin,
        defaultStyle: { font: 'BeVietnam', fontSize: 8.4 },
        footer: { text: texts.identity, fontSize: 7, margin: [page.margin, 0] },
        content: [
          { text: texts.title, bold: true, fontSize: 14, alignment: 'center' },
          { text: texts.symbols.map(({ label, value }) => `${label}: ${value}`).join('   '), alignment: 'center' },
          { text: texts.date, alignment: 'center' },
          ...sections.map(fieldsOf),
          {
            fontSize: 7.8,
            layout: 'lightHorizontalLines',
            table: {
              headerRows: 1,
              widths: columnWidths.map((width) => Math.max(width - 8, 18)),
              body: [texts.tableHead, ...texts.tableRows, texts.tableSum].map((row) => [...row]),
            },
          },
          fieldsOf(texts.totals),
          fieldsOf(texts.payment),
          {
            columns: [
              { qr: qrText, fit: qrSide, eccLevel: 'M', width: qrSide + 10 },
              [texts.lookup.heading, `${texts.lookup.code.label}: ${texts.lookup.code.value}`, texts.lookup.url],
              [heading, note, ...state],
            ],
          },
        ],
      })
      .getBuffer();
  },
};

function fieldsOf(fields: readonly Field[]) {
  return fields.map(({ label, value, strong = false }) => ({
    columns: [
      { text: `${label}:`, width: page.labelWidth, color: '#5b636b' },
      { text: value, bold: strong },
    ],
  }));
}
