import { frame, lineHeightOf, type ReceiptSheet, type TextStyle } from './receipt-sheet.ts';
import { hairline, quiet, shade, styles } from './receipt-styles.ts';

/** A column of a table on a sheet, its padding taken off. */
export interface SheetColumn {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
}

export interface SheetTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly sum?: readonly string[];
}

const cellPadding = { x: 3, y: 2.6 };

/** Places columns from left to right over the whole frame. */
export function placeColumns(
  plan: readonly { readonly width: number | 'rest'; readonly align: SheetColumn['align'] }[],
): readonly SheetColumn[] {
  const taken = plan.reduce((sum, { width }) => sum + (width === 'rest' ? 0 : width), 0);
  let x = frame.left;
  return plan.map(({ width, align }) => {
    const whole = width === 'rest' ? frame.width - taken : width;
    const column = { x: x + cellPadding.x, width: whole - 2 * cellPadding.x, align };
    x += whole;
    return column;
  });
}

/** Draws a table over as many pages as it needs; a page that continues it begins with its head again. */
export function drawSheetTable(sheet: ReceiptSheet, columns: readonly SheetColumn[], table: SheetTable): void {
  sheet.group('Table', () => drawRows(sheet, columns, table));
}

function drawRows(sheet: ReceiptSheet, columns: readonly SheetColumn[], { head, rows, sum }: SheetTable): void {
  const headCells = wrapRow(sheet, columns, head, styles.head);
  const headHeight = heightOfRow(headCells, styles.head);
  for (const [index, row] of rows.entries()) {
    const cells = wrapRow(sheet, columns, row, styles.cell);
    const height = heightOfRow(cells, styles.cell);
    const onNewPage = sheet.makeRoom(index === 0 ? headHeight + height : height);
    if (onNewPage || index === 0) drawTableHead(sheet, headCells, headHeight);
    drawRow(sheet, cells, styles.cell, 'TD');
    sheet.moveDown(height);
    sheet.rule(hairline, 0.5);
  }
  if (sum === undefined) return;
  // The sum has the head's height: neither has a cell that wraps.
  if (sheet.makeRoom(headHeight)) drawTableHead(sheet, headCells, headHeight);
  drawRow(sheet, wrapRow(sheet, columns, sum, styles.head), styles.head, 'TD');
  sheet.moveDown(headHeight);
  sheet.rule(quiet);
}

function drawTableHead(sheet: ReceiptSheet, cells: WrappedRow, height: number): void {
  sheet.band(height, shade);
  drawRow(sheet, cells, styles.head, 'TH');
  sheet.moveDown(height);
  sheet.rule(quiet);
}

/** Each cell with its column and its lines; amounts are one unbroken word and shrink instead. */
type WrappedRow = readonly { readonly column: SheetColumn; readonly lines: readonly string[] }[];

function wrapRow(
  sheet: ReceiptSheet,
  columns: readonly SheetColumn[],
  row: readonly string[],
  style: TextStyle,
): WrappedRow {
  return columns.map((column, index) => {
    const text = row[index] ?? '';
    return { column, lines: column.align === 'right' ? [text] : sheet.wrap(text, style, column.width) };
  });
}

function heightOfRow(cells: WrappedRow, style: TextStyle): number {
  return Math.max(...cells.map(({ lines }) => lines.length)) * lineHeightOf(style) + 2 * cellPadding.y;
}

function drawRow(sheet: ReceiptSheet, cells: WrappedRow, style: TextStyle, element: 'TH' | 'TD'): void {
  sheet.group('TR', () => {
    for (const { column, lines } of cells) {
      sheet.element(element, () => {
        for (const [index, line] of lines.entries()) {
          sheet.write(line, style, column, cellPadding.y + index * lineHeightOf(style));
        }
      });
    }
  });
}
