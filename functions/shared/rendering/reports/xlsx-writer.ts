import { constants, deflateRawSync } from 'node:zlib';
import { Zip, ZipPassThrough } from 'fflate';
import type { ByteSink, ReportCell, ReportTable, ReportWriter } from './report-table.ts';
import { rowOf } from './xlsx-cells.ts';
import { fixedParts, headerRowOf, sheetBeginning, sheetEnding, sheetPath } from './xlsx-parts.ts';

/** A sheet holds no more (Excel specifications and limits). */
const mostRows = 1_048_576;
const bufferedCharacters = 256 * 1024;
/** The first moment a ZIP file can name; a date of its own would make the same report other bytes. */
const noDate = '1980-01-01T00:00:00';

/**
 * A workbook with one sheet for each table, written as its rows come: what it keeps in memory does not grow with them.
 * (write-excel-file 4.1.1 keeps all rows: 443 MB for 100 000 of them.) The same rows give the same bytes.
 */
export class XlsxWriter implements ReportWriter {
  readonly #tables: readonly ReportTable[];
  readonly #sink: ByteSink;
  readonly #zip: Zip;
  #packed: Uint8Array[] = [];
  #ended = 0;
  #sheet: DeflatedPart | undefined;
  #row = 0;
  #text = '';

  constructor(tables: readonly ReportTable[], sink: ByteSink) {
    this.#tables = tables;
    this.#sink = sink;
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      this.#packed.push(bytes);
    });
    for (const [path, text] of fixedParts(tables)) this.#addPart(path).push(Buffer.from(text), true);
  }

  async addRow(cells: readonly ReportCell[], look: 'plain' | 'total' = 'plain'): Promise<void> {
    const table = this.#begin();
    this.#row += 1;
    if (this.#row > mostRows) {
      throw new RangeError(
        `Bảng “${table.name}” vượt quá ${mostRows} dòng của một trang tính: hãy chọn kỳ ngắn hơn hoặc --format csv ` +
          '(more rows than a sheet holds: choose a shorter period, or CSV)',
      );
    }
    this.#text += rowOf(this.#row, table.columns, cells, look);
    if (this.#text.length > bufferedCharacters) await this.#flush();
  }

  async endTable(): Promise<void> {
    const table = this.#begin();
    this.#text += sheetEnding(table, this.#row);
    await this.#flush(true);
    this.#sheet = undefined;
    this.#ended += 1;
  }

  async close(): Promise<void> {
    while (this.#ended < this.#tables.length) await this.endTable();
    this.#zip.end();
    await this.#drain();
  }

  /** The table that rows now belong to, begun if it is not. */
  #begin(): ReportTable {
    const table = this.#tables[this.#ended];
    if (table === undefined) throw new RangeError(`a report of ${this.#tables.length} tables has no further one`);
    if (this.#sheet !== undefined) return table;
    this.#sheet = this.#addPart(sheetPath(this.#ended));
    this.#row = headerRowOf(table);
    this.#text = sheetBeginning(table);
    return table;
  }

  #addPart(path: string): DeflatedPart {
    const part = new DeflatedPart(path);
    part.mtime = noDate;
    this.#zip.add(part);
    return part;
  }

  async #flush(isLast = false): Promise<void> {
    this.#sheet?.push(Buffer.from(this.#text), isLast);
    this.#text = '';
    await this.#drain();
  }

  async #drain(): Promise<void> {
    const packed = this.#packed;
    this.#packed = [];
    for (const bytes of packed) await this.#sink(bytes);
  }
}

/** A part that Node's own zlib packs, several times as fast as fflate; each piece ends where a byte does. */
class DeflatedPart extends ZipPassThrough {
  override compression = 8;

  protected override process(piece: Uint8Array, isLast: boolean): void {
    const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
    this.ondata(null, deflateRawSync(piece, { finishFlush }), isLast);
  }
}
