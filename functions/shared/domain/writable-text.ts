/**
 * Control characters, lone surrogates, non-characters and invisible marks: XML cannot carry some of them, a signature
 * would not survive others (a carriage return), and the rest make two names look the same.
 */
const unwritable = /[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

/** The first character that no XML file of ours carries, if any. */
export function findUnwritable(text: string): string | undefined {
  return unwritable.exec(text)?.[0];
}

/**
 * Where a record holds such a character, as `payer.name` or `lines[2].name`: to be asked before a number is taken for a
 * receipt that could never be written.
 */
export function findUnwritableField(
  value: unknown,
  place = '',
): { readonly place: string; readonly character: string } | undefined {
  if (typeof value === 'string') {
    const character = findUnwritable(value);
    return character === undefined ? undefined : { place, character };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : `${place === '' ? '' : '.'}${key}`;
    const found = findUnwritableField(part, place + step);
    if (found !== undefined) return found;
  }
  return undefined;
}
