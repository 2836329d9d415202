import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { attachOriginal, declareArchivalForm } from './archival-form.ts';
import type { ReceiptFonts } from './receipt-fonts.ts';
import { addSignatureField, type Box, type SignatureFacts } from './signature-field.ts';

export interface TextStyle {
  readonly weight: keyof ReceiptFonts;
  /** Points. */
  readonly size: number;
  readonly colour: string;
}

/** Where a line of text goes: its left edge, and a width when it is aligned in one. */
export interface Place {
  readonly x: number;
  readonly width?: number;
  readonly align?: 'left' | 'center' | 'right';
}

export interface SheetFacts {
  readonly title: string;
  readonly author: string;
  readonly creator: string;
  /** The only time in the file: the same content always gives the same bytes. */
  readonly createdAt: Date;
}

const a5 = { width: 419.53, height: 595.28 };
const margin = { side: 32, top: 28, bottom: 34 };
const lineSpacing = 1.36;

/** The printable part of a page, in points from its upper left corner. */
export const frame = {
  left: margin.side,
  right: a5.width - margin.side,
  width: a5.width - 2 * margin.side,
  bottom: a5.height - margin.bottom,
} as const;

export function lineHeightOf(style: TextStyle): number {
  return style.size * lineSpacing;
}

/** A5 paper that is written from top to bottom: it knows where it is, and begins a page when the next thing does not fit. */
export class ReceiptSheet {
  readonly #document: PDFKit.PDFDocument;
  readonly #facts: SheetFacts;
  /** The element of the document's structure that is being filled. */
  #element: PDFKit.PDFStructureElement;
  #y = margin.top;

  constructor(fonts: ReceiptFonts, facts: SheetFacts) {
    this.#facts = facts;
    this.#document = new PDFDocument({
      size: [a5.width, a5.height],
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: 'vi-VN',
      displayTitle: true,
      tagged: true,
      // An empty name keeps pdfkit from opening Helvetica, whose metrics a bundle does not have.
      font: '',
      info: {
        Title: facts.title,
        Creator: facts.creator,
        CreationDate: facts.createdAt,
      },
    });
    this.#document.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
    this.#element = this.#document.struct('Document');
    this.#document.addStructure(this.#element);
  }

  get y(): number {
    return this.#y;
  }

  /** What is drawn meanwhile is one piece of the document's structure, such as a paragraph, for readers that cannot see. */
  element(type: string, draw: () => void, options: { readonly alt?: string } = {}): void {
    this.#element.add(this.#document.struct(type, options, draw));
  }

  /** The elements that are drawn meanwhile belong together, such as the cells of a row. */
  group(type: string, draw: () => void): void {
    const outer = this.#element;
    const group = this.#document.struct(type);
    outer.add(group);
    this.#element = group;
    draw();
    group.end();
    this.#element = outer;
  }

  /** What is drawn meanwhile says nothing. */
  decoration(draw: () => void): void {
    this.#document.markContent('Artifact');
    draw();
    this.#document.endMarkedContent();
  }

  moveDown(height: number): void {
    this.#y += height;
  }

  /** Begins a page unless this much height is left; says whether it did. */
  makeRoom(height: number): boolean {
    if (this.#y + height <= frame.bottom) return false;
    this.#document.addPage();
    this.#y = margin.top;
    return true;
  }

  widthOf(text: string, style: TextStyle): number {
    return this.#document.font(style.weight).fontSize(style.size).widthOfString(text);
  }

  /** Breaks a text into lines that fit: between words, and inside a word only when it fills a line alone. */
  wrap(text: string, style: TextStyle, width: number): readonly string[] {
    const space = this.widthOf(' ', style);
    const lines: string[] = [];
    let line = '';
    let used = 0;
    for (const word of text.split(/ +/)) {
      const needed = this.widthOf(word, style);
      if (line !== '' && used + space + needed <= width) {
        line += ` ${word}`;
        used += space + needed;
        continue;
      }
      // The space stays at the end: whoever copies or hears the text must not take two words for one.
      if (line !== '') lines.push(`${line} `);
      const pieces = needed > width ? this.#split(word, style, width) : [word];
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
      used = pieces.length === 1 ? needed : this.widthOf(line, style);
    }
    return [...lines, line];
  }

  /** Writes one line at the current height plus `below`. The text is never broken; one too wide is set smaller. */
  write(text: string, style: TextStyle, place: Place, below = 0): void {
    if (text === '') return;
    const natural = this.widthOf(text.trimEnd(), style);
    const available = place.width ?? natural;
    const size = natural > available ? (style.size * available) / natural : style.size;
    const spare = available - (natural * size) / style.size;
    const indent = { left: 0, center: spare / 2, right: spare }[place.align ?? 'left'];
    this.#document
      .font(style.weight)
      .fontSize(size)
      .fillColor(style.colour)
      .text(text, place.x + indent, this.#y + below, { lineBreak: false });
  }

  /** A horizontal line across the page. */
  rule(colour: string, thickness = 0.6): void {
    this.decoration(() => {
      this.#document
        .moveTo(frame.left, this.#y)
        .lineTo(frame.right, this.#y)
        .lineWidth(thickness)
        .strokeColor(colour)
        .stroke();
    });
  }

  /** A coloured band across the page, from the current height downwards. */
  band(height: number, colour: string): void {
    this.decoration(() => {
      this.#document.rect(frame.left, this.#y, frame.width, height).fillColor(colour).fill();
    });
  }

  /** The outline of a box. */
  outline({ x, y, width, height }: Box, colour: string): void {
    this.decoration(() => {
      this.#document.rect(x, y, width, height).lineWidth(0.6).strokeColor(colour).stroke();
    });
  }

  /** Raw path operators in a system of their own: `unit` points to one, origin at `x` and the current height. */
  path(operators: string, x: number, unit: number): void {
    this.#document.save().translate(x, this.#y).scale(unit).fillColor('black').addContent(operators);
    this.#document.restore();
  }

  /** A box of this page that opens an address, and belongs to the elements that are drawn meanwhile. */
  link({ x, y, width, height }: Box, url: string, says: string): void {
    this.#document.link(x, y, width, height, url, { structParent: this.#element, Contents: new String(says) });
  }

  /** Makes a box of this page the place of a digital signature, which is filled in when the file is complete. */
  signatureField(box: Box, facts: SignatureFacts): void {
    addSignatureField(this.#document.font('regular'), box, facts);
  }

  attach(xml: Uint8Array, name: string): void {
    attachOriginal(this.#document, xml, name, this.#facts.createdAt);
  }

  /** Writes something on every page, knowing how many there are, and closes the file. */
  async finish(footer: (page: number, pages: number) => void): Promise<Uint8Array> {
    const { count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#document.switchToPage(page);
      this.#y = frame.bottom;
      footer(page + 1, count);
    }
    this.#element.end();
    declareArchivalForm(this.#document, this.#facts.author);
    this.#document.end();
    return buffer(this.#document);
  }

  /** Letters are measured one by one, since shaping each beginning of a long address would take longer than the page. */
  #split(word: string, style: TextStyle, width: number): readonly string[] {
    const pieces: string[] = [];
    let piece = '';
    for (const character of word) {
      if (piece !== '' && this.#sumOfWidths(piece + character, style) > width) {
        // An address is read more easily when it breaks after a slash.
        const cut = piece.lastIndexOf('/') + 1 || piece.length;
        pieces.push(piece.slice(0, cut));
        piece = piece.slice(cut);
      }
      piece += character;
    }
    return [...pieces, piece];
  }

  #sumOfWidths(text: string, style: TextStyle): number {
    let sum = 0;
    for (const character of text) sum += this.widthOf(character, style);
    return sum;
  }
}
