/** One row of a table as it stands in its file, each cell a text. */
export interface TextRow {
  /** Where it begins; the first line is 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with its quotation marks. */
  readonly fault?: 'open-quote' | 'stray-quote';
}

/** A cell is no letter: a mark that opens and is not closed within so many lines was never meant to be one. */
const longestRow = 200;

/**
 * Splits blocks of whole lines into rows, where a quoted cell may hold delimiters and line ends. For the files that
 * DuckDB's reader refuses or counts wrongly, and for the first rows of any file.
 */
export class RowScanner {
  readonly #delimiter: string;
  readonly #quotes: boolean;
  #line = 0;
  #open: { readonly line: number; text: string; lines: number } | undefined;

  constructor(delimiter: string, { quotes }: { readonly quotes: boolean }) {
    this.#delimiter = delimiter;
    this.#quotes = quotes;
  }

  /** The rows that end in this block. */
  *scan(block: string): Generator<TextRow> {
    const lines = block.split(/\r\n|\n|\r/);
    if (lines.at(-1) === '') lines.pop();
    for (const text of lines) {
      this.#line += 1;
      const row = this.#open === undefined ? this.#begin(text) : this.#continue(this.#open, text);
      if (row !== undefined) yield row;
    }
  }

  /** The row that the end of the file cut. */
  *end(): Generator<TextRow> {
    if (this.#open !== undefined) yield { line: this.#open.line, cells: [this.#open.text], fault: 'open-quote' };
    this.#open = undefined;
  }

  #begin(text: string): TextRow | undefined {
    if (text === '') return undefined;
    if (!this.#quotes || !text.includes('"')) return { line: this.#line, cells: text.split(this.#delimiter) };
    const row = splitQuoted(text, this.#delimiter);
    if (row !== 'open') return { line: this.#line, ...row };
    this.#open = { line: this.#line, text, lines: 1 };
    return undefined;
  }

  #continue(open: { readonly line: number; text: string; lines: number }, text: string): TextRow | undefined {
    open.text += `\n${text}`;
    open.lines += 1;
    const isOverlong = open.lines > longestRow;
    const row = text.includes('"') ? splitQuoted(open.text, this.#delimiter) : 'open';
    if (row === 'open' && !isOverlong) return undefined;
    this.#open = undefined;
    return row === 'open' ? { line: open.line, cells: [open.text], fault: 'open-quote' } : { line: open.line, ...row };
  }
}

function splitQuoted(text: string, delimiter: string): Omit<TextRow, 'line'> | 'open' {
  const cells: string[] = [];
  let isStray = false;
  for (let start = 0; start <= text.length; ) {
    const isQuoted = text[start] === '"';
    const close = isQuoted ? closingQuoteOf(text, start + 1) : start;
    if (close === undefined) return 'open';
    const found = text.indexOf(delimiter, close);
    const end = found === -1 ? text.length : found;
    if (isQuoted) {
      isStray ||= text.slice(close + 1, end).trim() !== '';
      cells.push(text.slice(start + 1, close).replaceAll('""', '"'));
    } else cells.push(text.slice(start, end));
    start = end + delimiter.length;
  }
  return isStray ? { cells, fault: 'stray-quote' } : { cells };
}

function closingQuoteOf(text: string, from: number): number | undefined {
  for (let place = text.indexOf('"', from); place !== -1; place = text.indexOf('"', place + 2)) {
    if (text[place + 1] !== '"') return place;
  }
  return undefined;
}
