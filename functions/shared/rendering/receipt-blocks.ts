import { frame, lineHeightOf, type Place, type ReceiptSheet, type TextStyle } from './receipt-sheet.ts';
import { hairline, ink, quiet, separator, shade, styles } from './receipt-styles.ts';
import type { Field, ReceiptTexts, TableRow } from './receipt-texts.ts';

const labelWidth = 102;
const fieldGap = 1.3;

/** Title, symbols and date. */
export function drawHeading(sheet: ReceiptSheet, { title, symbols, date }: ReceiptTexts): void {
  const centred: Place = { x: frame.left, width: frame.width, align: 'center' };
  sheet.element('H1', () => sheet.write(title, styles.title, centred));
  sheet.moveDown(lineHeightOf(styles.title) + 4);
  sheet.element('P', () => drawSymbols(sheet, symbols));
  sheet.element('P', () => sheet.write(date, styles.symbol, centred));
  sheet.moveDown(lineHeightOf(styles.symbol) + 7);
  sheet.rule(ink, 0.9);
  sheet.moveDown(7);
}

function drawSymbols(sheet: ReceiptSheet, symbols: readonly Field[]): void {
  const gap = 16;
  const parts = symbols.map(({ label, value, strong }) => {
    const style = strong ? styles.number : styles.symbol;
    const before = `${label}: `;
    const beforeWidth = sheet.widthOf(before, styles.symbol);
    return { before, beforeWidth, value, style, width: beforeWidth + sheet.widthOf(value, style) };
  });
  const whole = parts.reduce((sum, { width }) => sum + width, gap * (parts.length - 1));
  let x = frame.left + (frame.width - whole) / 2;
  for (const { before, beforeWidth, value, style, width } of parts) {
    sheet.write(before, styles.symbol, { x });
    sheet.write(`${value} `, style, { x: x + beforeWidth });
    x += width + gap;
  }
  sheet.moveDown(lineHeightOf(styles.symbol) + 1);
}

/**
 * Labels in one column, values in the next, long values over several lines. A group stays on one page when it can.
 * @param followedBy height of what must not be parted from the group
 */
export function drawFields(sheet: ReceiptSheet, fields: readonly Field[], followedBy = 0): void {
  const place = { x: frame.left + labelWidth, width: frame.width - labelWidth };
  const step = lineHeightOf(styles.value);
  const group = fields.map(({ label, value, strong }) => {
    const style = strong ? styles.strong : styles.value;
    const lines = sheet.wrap(value, style, place.width);
    return { label, style, lines, height: lines.length * step + fieldGap };
  });
  sheet.makeRoom(group.reduce((sum, { height }) => sum + height, followedBy));
  for (const { label, style, lines, height } of group) {
    sheet.makeRoom(height);
    sheet.element('P', () => {
      sheet.write(`${label}: `, styles.label, { x: frame.left });
      for (const [index, line] of lines.entries()) sheet.write(line, style, place, index * step);
    });
    sheet.moveDown(height);
  }
}

export function drawSeparator(sheet: ReceiptSheet): void {
  sheet.moveDown(separator.above);
  sheet.rule(hairline);
  sheet.moveDown(separator.below);
}

const cellPadding = { x: 3, y: 2.6 };

/** Columns of the fee table, left to right; the name takes what the others leave. */
const columns = placeColumns([
  { width: 22, align: 'center' },
  { width: 'rest', align: 'left' },
  { width: 46, align: 'center' },
  { width: 28, align: 'right' },
  { width: 62, align: 'right' },
  { width: 70, align: 'right' },
]);

interface Column {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
}

function placeColumns(
  plan: readonly { readonly width: number | 'rest'; readonly align: Column['align'] }[],
): readonly Column[] {
  const taken = plan.reduce((sum, { width }) => sum + (width === 'rest' ? 0 : width), 0);
  let x = frame.left;
  return plan.map(({ width, align }) => {
    const whole = width === 'rest' ? frame.width - taken : width;
    const column = { x: x + cellPadding.x, width: whole - 2 * cellPadding.x, align };
    x += whole;
    return column;
  });
}

/** The fee lines; a page that continues the table begins with its head again. */
export function drawTable(sheet: ReceiptSheet, texts: ReceiptTexts): void {
  sheet.moveDown(4);
  sheet.group('Table', () => drawRows(sheet, texts));
  sheet.moveDown(7);
}

function drawRows(sheet: ReceiptSheet, { tableHead, tableRows, tableSum }: ReceiptTexts): void {
  const headHeight = heightOfRow(wrapRow(sheet, tableHead, styles.head), styles.head);
  for (const [index, row] of tableRows.entries()) {
    const cells = wrapRow(sheet, row, styles.cell);
    const height = heightOfRow(cells, styles.cell);
    const onNewPage = sheet.makeRoom(index === 0 ? headHeight + height : height);
    if (onNewPage || index === 0) drawTableHead(sheet, tableHead, headHeight);
    drawRow(sheet, cells, styles.cell, 'TD');
    sheet.moveDown(height);
    sheet.rule(hairline, 0.5);
  }
  // The sum has the head's height: neither has a cell that wraps.
  if (sheet.makeRoom(headHeight)) drawTableHead(sheet, tableHead, headHeight);
  drawRow(sheet, wrapRow(sheet, tableSum, styles.head), styles.head, 'TD');
  sheet.moveDown(headHeight);
  sheet.rule(quiet);
}

function drawTableHead(sheet: ReceiptSheet, head: TableRow, height: number): void {
  sheet.band(height, shade);
  drawRow(sheet, wrapRow(sheet, head, styles.head), styles.head, 'TH');
  sheet.moveDown(height);
  sheet.rule(quiet);
}

/** Each cell with its column and its lines; amounts are one unbroken word and shrink instead. */
type WrappedRow = readonly { readonly column: Column; readonly lines: readonly string[] }[];

function wrapRow(sheet: ReceiptSheet, row: TableRow, style: TextStyle): WrappedRow {
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

/** Which receipt and which page, at the foot of each page; nothing that a screen reader need repeat. */
export function drawFooter(sheet: ReceiptSheet, { identity }: ReceiptTexts, page: number, pages: number): void {
  sheet.moveDown(8);
  sheet.rule(hairline, 0.5);
  sheet.decoration(() => {
    sheet.write(identity, styles.small, { x: frame.left }, 4);
    sheet.write(`Trang ${page}/${pages}`, styles.small, { x: frame.left, width: frame.width, align: 'right' }, 4);
  });
}
