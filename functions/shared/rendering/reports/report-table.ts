/** A column of a report. Texts keep every digit and zero; numbers can be summed. */
export interface ReportColumn {
  readonly title: string;
  readonly kind: 'text' | 'number';
  /** In characters. */
  readonly width: number;
}

/** A table of a report, known before its rows are. */
export interface ReportTable {
  /** Name of its sheet, at most 31 characters. */
  readonly name: string;
  /** Ends the name of its file where each table is a file of its own; empty for the main table. */
  readonly fileEnding: string;
  /** Lines above the table, the title first. */
  readonly heading: readonly string[];
  readonly columns: readonly ReportColumn[];
}

export type ReportCell = string | number | null | undefined;

/** Takes the rows of tables one by one, table after table in the order they were announced. */
export interface ReportWriter {
  addRow(cells: readonly ReportCell[], look?: 'plain' | 'total'): Promise<void>;
  /** Ends a table; the next row belongs to the next one. */
  endTable(): Promise<void>;
  /** Ends the file. Without it nothing of the file is usable. */
  close(): Promise<void>;
}

/** Where bytes of a report go, in order. */
export type ByteSink = (bytes: Uint8Array) => Promise<void>;

export const textColumn = (title: string, width: number): ReportColumn => ({ title, kind: 'text', width });
export const numberColumn = (title: string, width: number): ReportColumn => ({ title, kind: 'number', width });
