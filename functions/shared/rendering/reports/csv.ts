export type CsvField = string | number | null | undefined;

/** Excel takes the one or the other, by the region of the computer. */
export type CsvSeparator = ',' | ';';

/** Without it a spreadsheet reads Vietnamese letters in the encoding of the office's machine. */
export const byteOrderMark = '\uFEFF';

/**
 * A table as finance staff open it by a double click; for every command of the desk. Amounts are given as numbers, so
 * that they can be summed; everything else is text, which gateways and payers may have written.
 */
export function csvOf(header: readonly string[], rows: readonly (readonly CsvField[])[]): string {
  return byteOrderMark + [header, ...rows].map((fields) => csvLineOf(fields)).join('');
}

/** One line with its end, for tables that are written as they are read. */
export function csvLineOf(fields: readonly CsvField[], separator: CsvSeparator = ','): string {
  return `${fields.map((field) => fieldOf(field, separator)).join(separator)}\r\n`;
}

function fieldOf(field: CsvField, separator: CsvSeparator): string {
  if (typeof field === 'number') return String(field);
  const text = guarded(field ?? '');
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A spreadsheet runs a text that begins like a formula, cuts the 16th digit off a reference and the leading zero off an
 * account; an apostrophe before it keeps it a text.
 */
function guarded(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]|^0\d+$|^\d{12,}$/.test(text) ? `'${text}` : text;
}
