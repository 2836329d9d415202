import type { ReportDocument } from '#schemas/report-document.ts';
import type { ReportCell, ReportTable, ReportWriter } from './report-table.ts';

type TableDocument = ReportDocument['tables'][number];

/** Keeps the tables of a report as data, for those who show them on a page. */
export class JsonWriter implements ReportWriter {
  readonly tables: readonly TableDocument[];
  #ended = 0;

  constructor(tables: readonly ReportTable[]) {
    this.tables = tables.map(({ name, heading, columns }) => ({
      name,
      heading: [...heading],
      columns: columns.map(({ title, kind }) => ({ title, kind })),
      rows: [],
    }));
  }

  async addRow(cells: readonly ReportCell[]): Promise<void> {
    const table = this.tables[this.#ended];
    if (table === undefined) throw new RangeError(`a report of ${this.tables.length} tables has no further one`);
    table.rows.push(table.columns.map((_, index) => cells[index] ?? null));
  }

  async endTable(): Promise<void> {
    this.#ended += 1;
  }

  async close(): Promise<void> {}
}
