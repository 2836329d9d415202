import { nameCharacter } from '#shared/domain/printable-text.ts';
import { findUnwritable } from '#shared/domain/writable-text.ts';

/** A text holds something that an XML file of ours never carries; no repetition will write it. */
export class UnwritableText extends Error {
  override readonly name = 'UnwritableText';
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * One element with a text, in Unicode NFC, escaped as canonical XML does; nothing at all without a text, since empty
 * optional elements are left out (QĐ 1271/QĐ-CT).
 * @throws UnwritableText naming the character and the element
 */
export function leaf(name: string, text: string | number | null | undefined): string {
  if (text === undefined || text === null || text === '') return '';
  const composed = String(text).normalize('NFC');
  const character = findUnwritable(composed);
  if (character !== undefined) {
    throw new UnwritableText(`${name} holds ${nameCharacter(character)}, which no XML file of ours carries`);
  }
  return `<${name}>${composed.replaceAll(/[&<>]/g, (sign) => escapes[sign] ?? sign)}</${name}>`;
}

/** An element of elements, without white space between them; nothing at all when they are all left out. */
export function group(name: string, ...children: readonly string[]): string {
  const inside = children.join('');
  return inside === '' ? '' : `<${name}>${inside}</${name}>`;
}
