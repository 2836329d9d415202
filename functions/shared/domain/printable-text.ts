/**
 * The characters that the receipts' font (Be Vietnam Pro) has: Latin letters with all Vietnamese marks, digits and
 * punctuation. A test compares the list with the font.
 */
const printable = new RegExp(
  '^[\\u0020-\\u007e\\u00a0-\\u0107\\u010a-\\u0113\\u0116-\\u011b\\u011e-\\u0121\\u0126-\\u012b\\u012e-\\u0131\\u0139\\u013a' +
    '\\u013d\\u013e\\u0141-\\u0144\\u0147\\u0148\\u014c\\u014d\\u0150-\\u0155\\u0158-\\u015b\\u015e-\\u016b\\u016e-\\u017e' +
    '\\u01a0\\u01a1\\u01af\\u01b0\\u01e6\\u01e7\\u02c6\\u02c7\\u02d8-\\u02dc\\u0300-\\u0304\\u0306-\\u030c\\u0312\\u031b\\u0323' +
    '\\u0326-\\u0328\\u1e20\\u1e21\\u1e80-\\u1e85\\u1e9e\\u1ea0-\\u1ef9\\u2013\\u2014\\u2018-\\u201a\\u201c-\\u201e\\u2020-\\u2022' +
    '\\u2026\\u2030\\u2039\\u203a\\u2044\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u20ab\\u20ac\\u2122\\u215b-\\u215e\\u2212\\u2215' +
    '\\u2248\\u2260\\u2264\\u2265]$',
  'u',
);

/**
 * The first character that no receipt can print, if any. A request with such a name is refused at the door, before
 * money is taken for a receipt that could never be made.
 */
export function findUnprintable(text: string): string | undefined {
  for (const character of text) {
    if (!printable.test(character)) return character;
  }
  return undefined;
}

/** A character for an error message: `"☃" (U+2603)`. */
export function nameCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `"${character}" (U+${code})`;
}
