import { type FileHandle, open } from 'node:fs/promises';
import { quoted } from '../engine.ts';
import { anyTraits } from './cell-sql.ts';
import type { RowSource } from './statement-sql.ts';

const separator = '\u001f';
/** A cell that is not there, where an empty one would be. */
const absent = '\u0001';
const flushedCharacters = 256 * 1024;

/**
 * Rows of any origin, written for DuckDB's fast reader: one line each, without quotation marks. A control character
 * of a cell moves into the private area of Unicode, so that it cannot break a row and is still found as foreign.
 */
export class RowsFile {
  readonly #path: string;
  readonly #columns: readonly string[];
  #file: FileHandle | undefined;
  #text = '';

  /** @param columns names, beside `line` and `lead` (the first text of the row) */
  constructor(path: string, columns: readonly string[]) {
    this.#path = path;
    this.#columns = columns;
  }

  add(line: number, lead: string, cells: readonly (string | undefined)[]): void {
    this.#text += `${line}${separator}${harmless(lead)}`;
    for (const cell of cells) this.#text += separator + (cell === undefined ? absent : harmless(cell));
    this.#text += '\n';
  }

  /** To be called between groups of rows. */
  async flush(): Promise<void> {
    if (this.#text.length > flushedCharacters) await this.#write();
  }

  async close(): Promise<RowSource> {
    await this.#write();
    await this.#file?.close();
    const types = [`'line': 'BIGINT'`, ...['lead', ...this.#columns].map((name) => `${quoted(name)}: 'VARCHAR'`)];
    const relation =
      `read_csv(${quoted(this.#path)}, delim = '${separator}', quote = '', escape = '', nullstr = ` +
      `'${absent}', header = false, ` +
      `auto_detect = false, columns = {${types.join(', ')}})`;
    return {
      relation,
      roles: new Set(this.#columns),
      firstLine: undefined,
      traits: anyTraits,
    };
  }

  async #write(): Promise<void> {
    this.#file ??= await open(this.#path, 'w');
    await this.#file.write(this.#text);
    this.#text = '';
  }
}

// oxlint-disable-next-line no-control-regex -- it is the control characters that are looked for
const control = /[\x00-\x1f\x7f]/g;

function harmless(text: string): string {
  control.lastIndex = 0;
  if (!control.test(text)) return text;
  return text.replaceAll(control, (sign) => String.fromCodePoint(0xe000 + sign.charCodeAt(0)));
}
