import type { ReportCell, ReportColumn } from './report-table.ts';

/** Cell formats of `xlsx-parts.ts`, by their place in the style sheet. */
export const cellStyles = { title: 1, note: 2, header: 3, text: 4, number: 5, totalText: 6, totalNumber: 7 } as const;

/** `A` … `Z`, `AA` … of a column counted from 0. */
export function columnLetter(index: number): string {
  const before = index < 26 ? '' : columnLetter(Math.floor(index / 26) - 1);
  return before + String.fromCodePoint(65 + (index % 26));
}

/** A text cell, written in place: a table of shared texts would have to be kept until the end. */
export function textCell(address: string, style: number, text: string): string {
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${writable(text)}</t></is></c>`;
}

export function rowOf(
  rowNumber: number,
  columns: readonly ReportColumn[],
  cells: readonly ReportCell[],
  look: 'plain' | 'total',
): string {
  const isTotal = look === 'total';
  const row = columns.map((_, index) => {
    const cell = cells[index] ?? '';
    const address = `${columnLetter(index)}${rowNumber}`;
    if (typeof cell === 'string') return textCell(address, isTotal ? cellStyles.totalText : cellStyles.text, cell);
    return `<c r="${address}" s="${isTotal ? cellStyles.totalNumber : cellStyles.number}"><v>${cell}</v></c>`;
  });
  return `<row r="${rowNumber}">${row.join('')}</row>`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Printable ASCII without the signs that are looked for below, which nearly all ids, days and words are. */
const plainText = /^[ !#-%'-;=?-^`-~]*$/;

/** Text for an attribute or an element: escaped, and what XML cannot hold is shown as the sign for the unreadable. */
export function writable(text: string): string {
  if (plainText.test(text)) return text;
  return (
    text
      .normalize('NFC')
      .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      // Excel reads `_x0041_` as an escaped character; an escaped underscore keeps it a text (ECMA-376 §22.9.2.19).
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
  );
}
