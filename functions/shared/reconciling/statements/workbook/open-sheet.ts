import { join } from 'node:path';
import type { StatementFault } from '#shared/domain/statement.ts';
import type { RefusedStatement } from '../fault-list.ts';
import { FaultList } from '../fault-list.ts';
import type { FoundTable } from '../find-table.ts';
import type { TextRow } from '../row-scanner.ts';
import { RowsFile } from '../rows-file.ts';
import type { RowSource } from '../statement-sql.ts';
import { Archive } from './archive.ts';
import { type CellOrder, cellTextOf } from './cell-texts.ts';
import { RefusedWorkbook } from './refused-workbook.ts';
import { readSheetRows, type SheetNumber, type SheetRow } from './sheet-rows.ts';
import { readWorkbookParts, type WorkbookParts } from './workbook-parts.ts';

const headRows = 100;
/** Formats of the texts that dates as numbers become. */
export const sheetTimeFormats = ['yyyy-MM-dd HH:mm:ss.SSS', 'yyyy-MM-dd'] as const;

export interface OpenedSheet {
  readonly head: readonly TextRow[];
  readonly archive: Archive;
  readonly parts: WorkbookParts;
}

/** Opens a sheet of a workbook and reads its first rows. */
export async function openSheet(path: string, wanted: string | undefined): Promise<OpenedSheet | RefusedStatement> {
  try {
    const archive = await Archive.open(path);
    const parts = readWorkbookParts(archive, wanted);
    return { archive, parts, head: readHead(archive, parts) };
  } catch (error) {
    if (!(error instanceof RefusedWorkbook)) throw error;
    return refusalOf(error);
  }
}

function readHead(archive: Archive, parts: WorkbookParts): readonly TextRow[] {
  const head: TextRow[] = [];
  for (const rows of readSheetRows(archive, parts, () => undefined)) {
    head.push(
      ...rows.slice(0, headRows).map(({ row, cells }) => ({ line: row, cells: Array.from(cells, headTextOf) })),
    );
    if (head.length >= headRows) break;
  }
  return head.slice(0, headRows);
}

function headTextOf(cell: string | SheetNumber | undefined): string {
  return cell === undefined || typeof cell === 'string' ? (cell ?? '') : cell.digits;
}

function refusalOf(error: RefusedWorkbook): RefusedStatement {
  const faults = new FaultList();
  faults.add(error.fault);
  return faults.refusal;
}

/** The rows below the header, written for DuckDB, with what is wrong with the sheet. */
export async function sheetSource(
  { archive, parts }: OpenedSheet,
  found: FoundTable,
  { decimals, scratch }: { readonly decimals: ',' | '.'; readonly scratch: string },
): Promise<{ readonly source: RowSource; readonly faults: readonly StatementFault[] }> {
  const faults: StatementFault[] = [];
  const columns = [...found.places].map(([role, place]) => {
    const isSplit = found.places.has('paidTime');
    const order: CellOrder = { role, from1904: parts.from1904, decimals, isSplit };
    return { role, textOf: ({ cells }: SheetRow) => cellTextOf(cells[place], order) };
  });
  const file = new RowsFile(
    join(scratch, 'rows.txt'),
    columns.map(({ role }) => role),
  );
  const add = (row: SheetRow) => {
    if (row.row <= found.header.line) return;
    const texts = columns.map(({ textOf }) => textOf(row));
    file.add(row.row, leadOf(row), texts);
  };
  try {
    for (const rows of readSheetRows(archive, parts, (fault) => faults.push(fault))) {
      for (const row of rows) add(row);
      await file.flush();
    }
  } catch (error) {
    if (!(error instanceof RefusedWorkbook)) throw error;
    faults.push(error.fault);
  }
  return { source: await file.close(), faults };
}

function leadOf({ cells }: SheetRow): string {
  return headTextOf(cells.find((cell) => headTextOf(cell).trim() !== ''));
}
