import { readFileSync } from 'node:fs';
import { jsPDF } from 'jspdf';
import type { Field } from '#shared/rendering/receipt-texts.ts';
import { columnWidths, type Drawing, drawnReceiptOf, fontFiles, page, qrSide } from './drawing.ts';

const fonts = Object.entries(fontFiles).map(([style, file]) => ({ style, base64: readFileSync(file, 'base64') }));
const left = page.margin;
const width = page.width - 2 * page.margin;

export const withJsPdf: Drawing = {
  name: 'jsPDF',
  draw: async (content) => {
    const { texts, sections, qrPng } = drawnReceiptOf(content);
    const document = new jsPDF({ unit: 'pt', format: [page.width, page.height], compress: true });
    for (const { style, base64 } of fonts) {
      document.addFileToVFS(`${style}.ttf`, base64);
      document.addFont(`${style}.ttf`, 'BeVietnam', style, undefined, 'Identity-H');
    }
    const pen = new Pen(document);
    pen.write(texts.title, { style: 'bold', size: 14, x: page.width / 2, align: 'center' });
    pen.next(16);
    pen.write(texts.symbols.map(({ label, value }) => `${label}: ${value}`).join('   '), { size: 9 });
    pen.next(12);
    pen.write(texts.date, { size: 9, x: page.width / 2, align: 'center' });
    pen.next(14);
    for (const section of sections) pen.fields(section);
    for (const row of [texts.tableHead, ...texts.tableRows, texts.tableSum]) pen.row(row);
    for (const section of [texts.totals, texts.payment]) pen.fields(section);
    document.addImage(await qrPng(), 'PNG', left, pen.y, qrSide, qrSide);
    const { lookup, signature } = texts;
    pen.block([lookup.heading, `${lookup.code.label}: ${lookup.code.value}`, lookup.url], left + qrSide + 10);
    pen.block([signature.heading, signature.note, ...signature.state], left + 217);
    pen.write(texts.identity, { size: 7, y: page.height - page.margin });
    return new Uint8Array(document.output('arraybuffer'));
  },
};

interface Ink {
  readonly style?: string;
  readonly size?: number;
  readonly x?: number;
  readonly y?: number;
  readonly align?: 'left' | 'center';
}

/** jsPDF places text by coordinates only. */
class Pen {
  y = page.margin + 10;
  readonly #document: jsPDF;

  constructor(document: jsPDF) {
    this.#document = document;
  }

  next(height: number): void {
    this.y += height;
  }

  write(text: string | string[], { style = 'regular', size = 8.4, x = left, y = this.y, align = 'left' }: Ink): void {
    this.#document.setFont('BeVietnam', style).setFontSize(size).text(text, x, y, { align });
  }

  wrap(text: string, columnWidth: number, { style = 'regular', size = 8.4 }: Ink): string[] {
    const lines: unknown = this.#document
      .setFont('BeVietnam', style)
      .setFontSize(size)
      .splitTextToSize(text, columnWidth);
    return Array.isArray(lines) ? lines.map(String) : [text];
  }

  fields(fields: readonly Field[]): void {
    for (const { label, value, strong } of fields) {
      const style = strong ? 'bold' : 'regular';
      this.write(`${label}:`, {});
      const lines = this.wrap(value, width - page.labelWidth, { style });
      this.write(lines, { style, x: left + page.labelWidth });
      this.next(lines.length * 11.4);
    }
    this.#document.line(left, this.y - 6, left + width, this.y - 6);
    this.next(6);
  }

  row(cells: readonly string[]): void {
    let x = left;
    let height = 0;
    for (const [index, cell] of cells.entries()) {
      const lines = this.wrap(cell, (columnWidths[index] ?? 0) - 6, { size: 7.8 });
      this.write(lines, { size: 7.8, x: x + 3 });
      height = Math.max(height, lines.length * 10.6 + 5);
      x += columnWidths[index] ?? 0;
    }
    this.next(height);
    this.#document.line(left, this.y - 10, left + width, this.y - 10);
  }

  block(lines: readonly string[], x: number): void {
    const wrapped = lines.flatMap((line) => this.wrap(line, 135, { size: 7.4 }));
    this.write(wrapped, { size: 7.4, x, y: this.y + 8 });
  }
}
