import type { QrPath } from './qr-path.ts';
import { frame, lineHeightOf, type Place, type ReceiptSheet, type TextStyle } from './receipt-sheet.ts';
import type { Field, ReceiptTexts, TableRow } from './receipt-texts.ts';

const ink = '#1c2024';
const quiet = '#5b636b';
const hairline = '#c4c9ce';
const shade = '#f0f2f4';

const styles = {
  title: { weight: 'bold', size: 14, colour: ink },
  symbol: { weight: 'regular', size: 9, colour: ink },
  // A receipt's number is printed in red by custom, so that it is found at a glance.
  number: { weight: 'bold', size: 9, colour: '#b01c1c' },
  label: { weight: 'regular', size: 8.4, colour: quiet },
  value: { weight: 'regular', size: 8.4, colour: ink },
  strong: { weight: 'bold', size: 8.4, colour: ink },
  head: { weight: 'bold', size: 7.6, colour: ink },
  cell: { weight: 'regular', size: 7.8, colour: ink },
  small: { weight: 'regular', size: 7, colour: quiet },
} as const satisfies Record<string, TextStyle>;

const labelWidth = 102;
const fieldGap = 1.3;

/** Title, symbols and date. */
export function drawHeading(sheet: ReceiptSheet, { title, symbols, date }: ReceiptTexts): void {
  const centred: Place = { x: frame.left, width: frame.width, align: 'center' };
  sheet.write(title, styles.title, centred);
  sheet.moveDown(lineHeightOf(styles.title) + 4);
  drawSymbols(sheet, symbols);
  sheet.write(date, styles.symbol, centred);
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
    sheet.write(value, style, { x: x + beforeWidth });
    x += width + gap;
  }
  sheet.moveDown(lineHeightOf(styles.symbol) + 1);
}

/**
 * Labels in one column, values in the next, long values over several lines. A group stays on one page when it can.
 * @param followedBy height of what must not be parted from the group
 */
export function drawFields(sheet: ReceiptSheet, fields: readonly Field[], followedBy = 0): void {
  const valueX = frame.left + labelWidth;
  const step = lineHeightOf(styles.value);
  const group = fields.map(({ label, value, strong }) => {
    const style = strong ? styles.strong : styles.value;
    const lines = sheet.wrap(value, style, frame.right - valueX);
    return { label, style, lines, height: lines.length * step + fieldGap };
  });
  sheet.makeRoom(group.reduce((sum, { height }) => sum + height, followedBy));
  for (const { label, style, lines, height } of group) {
    sheet.makeRoom(height);
    sheet.write(`${label}:`, styles.label, { x: frame.left });
    for (const [index, line] of lines.entries()) sheet.write(line, style, { x: valueX }, index * step);
    sheet.moveDown(height);
  }
}

const separator = { above: 3.5, below: 5.5 };

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
export function drawTable(sheet: ReceiptSheet, { tableHead, tableRows, tableSum }: ReceiptTexts): void {
  sheet.moveDown(4);
  const headHeight = heightOfRow(wrapRow(sheet, tableHead, styles.head), styles.head);
  for (const [index, row] of tableRows.entries()) {
    const cells = wrapRow(sheet, row, styles.cell);
    const height = heightOfRow(cells, styles.cell);
    const onNewPage = sheet.makeRoom(index === 0 ? headHeight + height : height);
    if (onNewPage || index === 0) drawTableHead(sheet, tableHead, headHeight);
    drawRow(sheet, cells, styles.cell);
    sheet.moveDown(height);
    sheet.rule(hairline, 0.5);
  }
  // The sum has the head's height: neither has a cell that wraps.
  if (sheet.makeRoom(headHeight)) drawTableHead(sheet, tableHead, headHeight);
  drawRow(sheet, wrapRow(sheet, tableSum, styles.head), styles.head);
  sheet.moveDown(headHeight);
  sheet.rule(quiet);
  sheet.moveDown(7);
}

function drawTableHead(sheet: ReceiptSheet, head: TableRow, height: number): void {
  sheet.band(height, shade);
  drawRow(sheet, wrapRow(sheet, head, styles.head), styles.head);
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

function drawRow(sheet: ReceiptSheet, cells: WrappedRow, style: TextStyle): void {
  for (const { column, lines } of cells) {
    for (const [index, line] of lines.entries()) {
      sheet.write(line, style, column, cellPadding.y + index * lineHeightOf(style));
    }
  }
}

/** Side of the printed QR code: with its quiet zone about 26 mm, which any telephone reads. */
const qrSide = 66;
const signatureWidth = 112;

/** Height of the last block with the separator before it. */
export const proofHeight = separator.above + separator.below + qrSide + 2;

/** The way to check the receipt on the left, the collecting organisation's signature on the right; never parted. */
export function drawProof(sheet: ReceiptSheet, { lookup, signature }: ReceiptTexts, qr: QrPath): void {
  drawSeparator(sheet);
  sheet.moveDown(2);
  sheet.path(qr.operators, frame.left, qrSide / qr.size);

  const textX = frame.left + qrSide + 10;
  const textWidth = frame.right - signatureWidth - 10 - textX;
  sheet.write(lookup.heading, styles.strong, { x: textX });
  sheet.write(`${lookup.code.label}: ${lookup.code.value}`, styles.value, { x: textX, width: textWidth }, 14);
  for (const [index, line] of sheet.wrap(lookup.url, styles.small, textWidth).entries()) {
    sheet.write(line, styles.small, { x: textX }, 29 + index * lineHeightOf(styles.small));
  }

  const signed = { x: frame.right - signatureWidth, width: signatureWidth, align: 'center' } as const;
  sheet.write(signature.heading, styles.strong, signed);
  sheet.write(signature.note, styles.label, signed, 12);
  sheet.outline(signed, qrSide - 28, hairline, 28);
  sheet.write(signature.state, styles.value, signed, 41);
}

/** Which receipt and which page, at the foot of each page. */
export function drawFooter(sheet: ReceiptSheet, { identity }: ReceiptTexts, page: number, pages: number): void {
  sheet.moveDown(8);
  sheet.rule(hairline, 0.5);
  sheet.write(identity, styles.small, { x: frame.left }, 4);
  sheet.write(`Trang ${page}/${pages}`, styles.small, { x: frame.left, width: frame.width, align: 'right' }, 4);
}
