import { Document, Font, Image, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { createElement } from 'react';
import type { Field } from '#shared/rendering/receipt-texts.ts';
import { columnWidths, type Drawing, drawnReceiptOf, fontFiles, page, qrSide } from './drawing.ts';

Font.register({
  family: 'BeVietnam',
  fonts: [
    { src: fontFiles.regular, fontWeight: 400 },
    { src: fontFiles.bold, fontWeight: 700 },
  ],
});
Font.registerHyphenationCallback((word) => [word]);

export const withReactPdf: Drawing = {
  name: 'react-pdf',
  draw: async (content) => {
    const { texts, sections, qrPng } = drawnReceiptOf(content);
    const { heading, note, state } = texts.signature;
    const { lookup } = texts;
    const rows = [texts.tableHead, ...texts.tableRows, texts.tableSum].map((row, index) => rowOf(row, index));
    const code = createElement(Image, { style: { width: qrSide }, src: { data: await qrPng(), format: 'png' } });
    const proof = createElement(
      View,
      { style: { flexDirection: 'row' } },
      code,
      linesOf([lookup.heading, `${lookup.code.label}: ${lookup.code.value}`, lookup.url]),
      linesOf([heading, note, ...state]),
    );
    const symbols = texts.symbols.map(({ label, value }) => `${label}: ${value}`).join('   ');
    const sheet = createElement(
      Page,
      { size: [page.width, page.height], style: { padding: page.margin, fontFamily: 'BeVietnam', fontSize: 8.4 } },
      textOf(texts.title, { fontSize: 14, fontWeight: 700, textAlign: 'center' }),
      textOf(symbols, { fontSize: 9, textAlign: 'center' }),
      textOf(texts.date, { fontSize: 9, textAlign: 'center' }),
      ...sections.map(fieldsOf),
      ...rows,
      fieldsOf(texts.totals),
      fieldsOf(texts.payment),
      proof,
      textOf(texts.identity, { position: 'absolute', bottom: 20, left: page.margin, fontSize: 7 }),
    );
    return renderToBuffer(createElement(Document, {}, sheet));
  },
};

function textOf(text: string, style: object) {
  return createElement(Text, { style }, text);
}

function fieldsOf(fields: readonly Field[]) {
  const rows = fields.map(({ label, value, strong }) =>
    createElement(
      View,
      { style: { flexDirection: 'row' }, key: label },
      textOf(`${label}:`, { width: page.labelWidth, color: '#5b636b' }),
      textOf(value, { flex: 1, fontWeight: strong ? 700 : 400 }),
    ),
  );
  return createElement(View, { style: { borderBottom: '0.6 solid #c4c9ce', paddingBottom: 4 } }, ...rows);
}

function rowOf(cells: readonly string[], key: number) {
  const style = { flexDirection: 'row', borderBottom: '0.6 solid #c4c9ce', fontSize: 7.8 };
  return createElement(
    View,
    { style, key },
    ...cells.map((cell, index) =>
      textOf(cell, { width: columnWidths[index], padding: 3, textAlign: index > 2 ? 'right' : 'left' }),
    ),
  );
}

function linesOf(lines: readonly string[]) {
  return createElement(View, { style: { flex: 1, paddingLeft: 10 } }, ...lines.map((line) => textOf(line, {})));
}
