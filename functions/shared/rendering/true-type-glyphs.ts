import { BrokenInvariant } from '#shared/domain/failures.ts';

/** A glyph as it stands in the file, and where in it other glyphs are named, which it is composed of. */
export interface GlyphOutline {
  /** Of even length. */
  readonly bytes: Uint8Array;
  readonly components: readonly GlyphComponent[];
}

export interface GlyphComponent {
  readonly id: number;
  /** Where in the outline its number stands. */
  readonly at: number;
}

/** Reads what a subset is made of out of a TrueType file, each glyph once. */
export class TrueTypeGlyphs {
  readonly #file: Uint8Array;
  readonly #view: DataView;
  readonly #places: ReadonlyMap<string, { readonly start: number; readonly length: number }>;
  readonly #outlines = new Map<number, GlyphOutline>();

  constructor(file: Uint8Array) {
    // Not as a Buffer, whose `slice` would give out the font itself instead of a copy.
    this.#file = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
    this.#view = viewOf(file);
    this.#places = readDirectory(file);
  }

  /** Bytes of a table; empty when the font has none of that name. */
  table(name: string): Uint8Array {
    const place = this.#places.get(name);
    return place === undefined ? new Uint8Array() : this.#file.subarray(place.start, place.start + place.length);
  }

  outline(id: number): GlyphOutline {
    const known = this.#outlines.get(id);
    if (known !== undefined) return known;
    const bytes = this.#readOutline(id);
    const outline = { bytes, components: componentsOf(bytes) };
    this.#outlines.set(id, outline);
    return outline;
  }

  /** Advance width and left bearing, as the table `hmtx` has them. */
  metrics(id: number): readonly [advance: number, bearing: number] {
    const start = this.#startOf('hmtx');
    const count = this.#view.getUint16(this.#startOf('hhea') + 34);
    // Glyphs behind the last full entry share its advance width and have only a bearing of their own.
    const last = Math.min(id, count - 1);
    const bearingAt = id < count ? start + 4 * id + 2 : start + 4 * count + 2 * (id - count);
    return [this.#view.getUint16(start + 4 * last), this.#view.getInt16(bearingAt)];
  }

  #readOutline(id: number): Uint8Array {
    const loca = this.#startOf('loca');
    const isLong = this.#view.getInt16(this.#startOf('head') + 50) === 1;
    const offsetOf = (index: number) =>
      isLong ? this.#view.getUint32(loca + 4 * index) : 2 * this.#view.getUint16(loca + 2 * index);
    const [start, end] = [offsetOf(id), offsetOf(id + 1)];
    const bytes = new Uint8Array((end - start + 1) & ~1);
    bytes.set(this.table('glyf').subarray(start, end));
    return bytes;
  }

  #startOf(table: string): number {
    const place = this.#places.get(table);
    if (place === undefined) throw new BrokenInvariant(`the font has no table ${table}: is it a whole TrueType file?`);
    return place.start;
  }
}

function readDirectory(file: Uint8Array) {
  const view = viewOf(file);
  const entries = Array.from({ length: view.getUint16(4) }, (_, index) => {
    const at = 12 + 16 * index;
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    return [name, { start: view.getUint32(at + 8), length: view.getUint32(at + 12) }] as const;
  });
  return new Map(entries);
}

const flag = { wideArguments: 0x1, scale: 0x8, more: 0x20, twoScales: 0x40, matrix: 0x80 } as const;

/** OpenType 1.9, table `glyf`, composite glyph description: a Vietnamese letter is often its base and its marks. */
function componentsOf(outline: Uint8Array): readonly GlyphComponent[] {
  const view = viewOf(outline);
  if (outline.length === 0 || view.getInt16(0) >= 0) return [];
  const components: GlyphComponent[] = [];
  let at = 10;
  let flags: number = flag.more;
  while (flags & flag.more) {
    flags = view.getUint16(at);
    components.push({ id: view.getUint16(at + 2), at: at + 2 });
    at += 4 + (flags & flag.wideArguments ? 4 : 2);
    if (flags & flag.scale) at += 2;
    else if (flags & flag.twoScales) at += 4;
    else if (flags & flag.matrix) at += 8;
  }
  return components;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
