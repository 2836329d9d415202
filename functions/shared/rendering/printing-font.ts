import { create, type GlyphRun, type ParsedFont } from 'fontkit';
import { FontSubset } from './font-subset.ts';
import { TrueTypeGlyphs } from './true-type-glyphs.ts';

/** Words in the cache of shaped ones; labels and usual names come again on every receipt. */
const wordLimit = 4_000;

/**
 * A font that is parsed once for all documents of the process and keeps what it has worked out: the shapes of words and
 * the bytes of glyphs. What it draws is what fontkit draws, several times faster.
 */
export function openFont(file: Uint8Array): ParsedFont {
  const font = create(file);
  const glyphs = new TrueTypeGlyphs(file);
  return Object.defineProperties(font, {
    layout: { value: rememberingLayout(font.layout.bind(font), 1_000 / font.unitsPerEm) },
    createSubset: { value: () => new FontSubset(glyphs) },
  });
}

type Layout = (text: string) => GlyphRun;

/** Shaping by the font's rules for kerning and marks takes a third of a receipt's time when each word is shaped anew. */
function rememberingLayout(layout: Layout, perMille: number): Layout {
  const runs = new Map<string, GlyphRun>();
  const shape = (text: string) => {
    const { glyphs, positions } = layout(text);
    const advanceWidth = positions.reduce((sum, { xAdvance }) => sum + xAdvance * perMille, 0);
    if (runs.size >= wordLimit) runs.clear();
    const run = { glyphs, positions, advanceWidth };
    runs.set(text, run);
    return run;
  };
  return (text) => {
    const run = runs.get(text) ?? shape(text);
    // pdfkit scales the positions in place.
    return {
      ...run,
      positions: run.positions.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({
        xAdvance,
        yAdvance,
        xOffset,
        yOffset,
      })),
    };
  };
}
