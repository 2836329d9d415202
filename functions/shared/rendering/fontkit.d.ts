/** The little that we use of pdfkit's font engine, which ships no types. */
declare module 'fontkit' {
  /** A shaped text, in units of the font. */
  export interface GlyphRun {
    readonly glyphs: readonly { readonly id: number; readonly advanceWidth: number }[];
    readonly positions: readonly GlyphPosition[];
    readonly advanceWidth: number;
  }
  export interface GlyphPosition {
    readonly xAdvance: number;
    readonly yAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }
  /** The glyphs of one document. */
  export interface GlyphSubset {
    /** @returns the glyph's number in the subset */
    includeGlyph(id: number): number;
    /** The subset as a TrueType file. */
    encode(): Uint8Array;
  }
  export interface ParsedFont {
    readonly postscriptName: string;
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): GlyphRun;
    createSubset(): GlyphSubset;
  }
  export function create(bytes: Uint8Array): ParsedFont;
}
