import { frame, lineHeightOf, type Place, type ReceiptSheet } from './receipt-sheet.ts';
import { hairline, ink, separator, styles } from './receipt-styles.ts';
import type { Field, ReceiptTexts } from './receipt-texts.ts';
import { drawSheetTable, placeColumns } from './sheet-table.ts';

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

/** Columns of the fee table; the name takes what the others leave. */
const columns = placeColumns([
  { width: 22, align: 'center' },
  { width: 'rest', align: 'left' },
  { width: 46, align: 'center' },
  { width: 28, align: 'right' },
  { width: 62, align: 'right' },
  { width: 70, align: 'right' },
]);

/** The fee lines. */
export function drawTable(sheet: ReceiptSheet, { tableHead, tableRows, tableSum }: ReceiptTexts): void {
  sheet.moveDown(4);
  drawSheetTable(sheet, columns, { head: tableHead, rows: tableRows, sum: tableSum });
  sheet.moveDown(7);
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
