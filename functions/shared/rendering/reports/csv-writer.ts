import { byteOrderMark, type CsvSeparator, csvLineOf } from './csv.ts';
import type { ByteSink, ReportCell, ReportTable, ReportWriter } from './report-table.ts';

const bufferedCharacters = 64 * 1024;

/** Each table as a CSV file of its own, header and rows only, so that other programs can read it. */
export class CsvWriter implements ReportWriter {
  readonly #tables: readonly ReportTable[];
  readonly #openSink: (table: ReportTable) => Promise<ByteSink>;
  readonly #separator: CsvSeparator;
  #ended = 0;
  #sink: ByteSink | undefined;
  #text = '';

  constructor(
    tables: readonly ReportTable[],
    openSink: (table: ReportTable) => Promise<ByteSink>,
    separator: CsvSeparator,
  ) {
    this.#tables = tables;
    this.#openSink = openSink;
    this.#separator = separator;
  }

  async addRow(cells: readonly ReportCell[]): Promise<void> {
    const { columns } = await this.#begin();
    const fields = columns.map((_, index) => cells[index]);
    this.#text += csvLineOf(fields, this.#separator);
    if (this.#text.length > bufferedCharacters) await this.#flush();
  }

  async endTable(): Promise<void> {
    await this.#begin();
    await this.#flush();
    this.#sink = undefined;
    this.#ended += 1;
  }

  async close(): Promise<void> {
    while (this.#ended < this.#tables.length) await this.endTable();
  }

  /** The table that rows now belong to, begun if it is not. */
  async #begin(): Promise<ReportTable> {
    const table = this.#tables[this.#ended];
    if (table === undefined) throw new RangeError(`a report of ${this.#tables.length} tables has no further one`);
    if (this.#sink !== undefined) return table;
    this.#sink = await this.#openSink(table);
    const titles = table.columns.map(({ title }) => title);
    this.#text = byteOrderMark + csvLineOf(titles, this.#separator);
    return table;
  }

  async #flush(): Promise<void> {
    await this.#sink?.(Buffer.from(this.#text));
    this.#text = '';
  }
}
