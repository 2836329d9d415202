/** The little that we use of pdfkit's font engine, which ships no types. */
declare module 'fontkit' {
  export interface ParsedFont {
    readonly postscriptName: string;
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  export function create(bytes: Uint8Array): ParsedFont;
}
