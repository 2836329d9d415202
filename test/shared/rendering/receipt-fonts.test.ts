import { describe, expect, it } from '@jest/globals';
import { loadFees } from '#config/fees.ts';
import { loadUnits } from '#config/units.ts';
import { ConfigurationError } from '#shared/domain/failures.ts';
import { findUnprintable, nameCharacter } from '#shared/domain/printable-text.ts';
import { findMissingGlyph, loadReceiptFonts } from '#shared/rendering/receipt-fonts.ts';

const { regular, bold } = loadReceiptFonts();

describe('the fonts', () => {
  it('have exactly the characters that are let in at the door', () => {
    const inFonts: string[] = [];
    const atDoor: string[] = [];
    for (let code = 0x20; code <= 0xffff; code += 1) {
      // Halves of surrogate pairs, and the code point that Unicode keeps for no character.
      if ((code >= 0xd800 && code <= 0xdfff) || code === 0xffff) continue;
      const character = String.fromCodePoint(code);
      if (regular.hasGlyphForCodePoint(code) && bold.hasGlyphForCodePoint(code)) inFonts.push(character);
      if (findUnprintable(character) === undefined) atDoor.push(character);
    }
    expect(atDoor).toEqual(inFonts);
  });

  it('have every Vietnamese letter with every mark', () => {
    const vowels = 'aăâeêioôơuưy'
      .split('')
      .flatMap((vowel) =>
        ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((mark) => (vowel + mark).normalize('NFC')),
      );
    const letters = [...vowels, 'đ'].flatMap((letter) => [letter, letter.toUpperCase()]).join('');
    expect(findMissingGlyph(regular, letters)).toBeUndefined();
    expect(findMissingGlyph(bold, letters)).toBeUndefined();
  });

  it('have what the registries print', () => {
    const printed = [
      ...loadUnits('dev').flatMap(({ name, address, bank }) => [name, address, bank ?? '']),
      ...loadFees('dev').flatMap(({ feeName, unit }) => [feeName, unit]),
    ];
    expect(printed.filter((text) => findUnprintable(text) !== undefined)).toEqual([]);
  });

  it.each(['/nowhere', new URL('.', import.meta.url).pathname])(
    'are looked for in %s in vain, and that is said',
    (folder) => {
      expect(() => loadReceiptFonts(folder)).toThrow(ConfigurationError);
      expect(() => loadReceiptFonts(folder)).toThrow(/BeVietnamPro_400Regular\.ttf cannot be read.*FONTS_DIR/);
    },
  );
});

describe('findUnprintable', () => {
  it.each([
    ['Nguyễn Văn An', undefined],
    ['Đặng Thị Ỷ – “A” & B/C (1.234.567\u00a0đ)', undefined],
    ['An\u200bBình', '\u200b'],
    ['An 😀', '😀'],
    ['An\tBình', '\t'],
    ['', undefined],
  ])('of %j is %j', (text, character) => {
    expect(findUnprintable(text)).toBe(character);
  });
});

describe('nameCharacter', () => {
  it('says which character is meant even where it cannot be seen', () => {
    expect(nameCharacter('\u200b')).toContain('U+200B');
    expect(nameCharacter('😀')).toBe('"😀" (U+1F600)');
  });
});
