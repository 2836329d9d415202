import type { GlyphSubset } from 'fontkit';
import type { TrueTypeGlyphs } from './true-type-glyphs.ts';

/**
 * The glyphs of one document as a TrueType file of their own (ISO 32000-1 §9.9: the tables that PDF wants). Glyphs come
 * from the font as bytes and go out as bytes; fontkit decodes and encodes each of them anew for every document, which
 * took a quarter of the time of a receipt.
 */
export class FontSubset implements GlyphSubset {
  readonly #font: TrueTypeGlyphs;
  /** Glyph 0 is what a reader shows for a character that is missing. */
  readonly #ids = [0];
  readonly #numbers = new Map([[0, 0]]);

  constructor(font: TrueTypeGlyphs) {
    this.#font = font;
  }

  includeGlyph(id: number): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#ids.push(id) - 1;
    this.#numbers.set(id, number);
    return number;
  }

  encode(): Uint8Array {
    const glyphs: Uint8Array[] = [];
    // Components are taken in while their letter is, so the list grows as it is read.
    for (const id of this.#ids) glyphs.push(this.#renumbered(id));
    const count = this.#ids.length;
    const copy = (name: string) => this.#font.table(name).slice();
    return assemble([
      ['cvt ', copy('cvt ')],
      ['fpgm', copy('fpgm')],
      ['glyf', Buffer.concat(glyphs)],
      ['head', patch(copy('head'), 50, 1)],
      ['hhea', patch(copy('hhea'), 34, count)],
      ['hmtx', this.#metrics()],
      ['loca', offsetsOf(glyphs)],
      ['maxp', patch(copy('maxp'), 4, count)],
      ['prep', copy('prep')],
    ]);
  }

  #renumbered(id: number): Uint8Array {
    const { bytes, components } = this.#font.outline(id);
    if (components.length === 0) return bytes;
    const own = bytes.slice();
    for (const component of components) patch(own, component.at, this.includeGlyph(component.id));
    return own;
  }

  #metrics(): Uint8Array {
    const table = Buffer.alloc(4 * this.#ids.length);
    for (const [index, id] of this.#ids.entries()) {
      const [advance, bearing] = this.#font.metrics(id);
      table.writeUInt16BE(advance, 4 * index);
      table.writeInt16BE(bearing, 4 * index + 2);
    }
    return table;
  }
}

/** The table `loca` in its long form. */
function offsetsOf(glyphs: readonly Uint8Array[]): Uint8Array {
  const table = Buffer.alloc(4 * (glyphs.length + 1));
  let offset = 0;
  for (const [index, { length }] of glyphs.entries()) {
    offset += length;
    table.writeUInt32BE(offset, 4 * (index + 1));
  }
  return table;
}

/** A TrueType file of these tables. Check sums stay zero: no reader of PDF asks for them. */
function assemble(tables: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const present = tables.filter(([, { length }]) => length > 0);
  const directory = Buffer.alloc(12 + 16 * present.length);
  const power = 2 ** Math.floor(Math.log2(present.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(present.length, 4);
  directory.writeUInt16BE(16 * power, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE(16 * (present.length - power), 10);
  const parts: Uint8Array[] = [directory];
  let offset = directory.length;
  for (const [index, [name, bytes]] of present.entries()) {
    const at = 12 + 16 * index;
    directory.write(name, at, 'latin1');
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(bytes.length, at + 12);
    const padding = -bytes.length & 3;
    parts.push(bytes, new Uint8Array(padding));
    offset += bytes.length + padding;
  }
  return Buffer.concat(parts);
}

function patch(table: Uint8Array, at: number, value: number): Uint8Array {
  new DataView(table.buffer, table.byteOffset).setUint16(at, value);
  return table;
}
