import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ParsedFont } from 'fontkit';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { openFont } from './printing-font.ts';

/** Be Vietnam Pro: every Vietnamese letter in one file, which the standard fonts of PDF do not have. */
export interface ReceiptFonts {
  readonly regular: ParsedFont;
  readonly bold: ParsedFont;
}

/**
 * Reads and parses the fonts; done once, since parsing is dearer than a page.
 * @param folder holds the two files side by side, as in the bundle; without it they come from their package
 * @throws ConfigurationError naming the file that cannot be read
 */
export function loadReceiptFonts(folder?: string): ReceiptFonts {
  const fileOf = (weight: string) => {
    const name = `BeVietnamPro_${weight}.ttf`;
    return folder === undefined ? packagedFile(weight, name) : join(folder, name);
  };
  return { regular: parseFont(fileOf('400Regular')), bold: parseFont(fileOf('700Bold')) };
}

/** The first character of a text that a font cannot print, if any. */
export function findMissingGlyph(font: ParsedFont, text: string): string | undefined {
  for (const character of text) {
    const codePoint = character.codePointAt(0);
    if (codePoint !== undefined && !font.hasGlyphForCodePoint(codePoint)) return character;
  }
  return undefined;
}

function packagedFile(weight: string, name: string): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${weight}/${name}`);
}

function parseFont(file: string): ParsedFont {
  try {
    return openFont(readFileSync(file));
  } catch (cause) {
    throw new ConfigurationError(
      `The font ${file} cannot be read, and without it no receipt can be printed. Does FONTS_DIR name the folder ` +
        'with the two Be Vietnam Pro files that the bundle brings?',
      { cause },
    );
  }
}
