import type { DayFigures, Equation, Tally } from '#schemas/balance-proof.ts';
import type { DayView } from '#schemas/day-close.ts';
import type { BusinessDate, Instant } from '#schemas/ids.ts';
import { formatVietnamTime } from '#shared/domain/vietnamese-format.ts';
import { classColumns, classRows, equationColumns, equationRows, holdsInWords } from './balance-rows.ts';
import { dayStateNames } from './desk-words.ts';
import { bookCells, reconciliationBook } from './reconciliation-book.ts';
import { numberColumn, type ReportCell, type ReportTable, textColumn } from './report-table.ts';
import { periodText, shortDate } from './report-words.ts';

/** What stands above the book. */
export interface BookHead {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  /** Staff code of who had it made. */
  readonly madeBy: string;
  readonly madeAt: Instant;
}

/**
 * Sổ đối soát (receipt rules §10.3): each account's day with both sides, the classes of its rows, who closed it; then the
 * classes with their money, and the sentences of the balance.
 */
export function bookTables(head: BookHead): readonly [ReportTable, ReportTable, ReportTable] {
  const about = [
    `Kỳ: ${periodText(head.from, head.to)} — Đơn vị tính: đồng`,
    `Người lập: ${head.madeBy}, lúc ${formatVietnamTime(head.madeAt)}`,
  ];
  return [
    { name: 'Sổ đối soát', fileEnding: '', heading: ['SỔ ĐỐI SOÁT THU TRỰC TUYẾN', ...about], columns: dayColumns },
    {
      name: 'Theo loại',
      fileEnding: 'theo-loai',
      heading: ['KẾT QUẢ THEO LOẠI', ...about],
      columns: [...place, ...classColumns],
    },
    {
      name: 'Cân đối',
      fileEnding: 'can-doi',
      heading: ['CÂN ĐỐI TỪNG NGÀY', ...about],
      columns: [...place, ...equationColumns],
    },
  ];
}

const place = [textColumn('Ngày', 12), textColumn('Kênh', 11), textColumn('Tài khoản', 13)];

/** The book as it is signed, with where each day stands. */
const dayColumns = [
  ...reconciliationBook.columns,
  textColumn('Tình trạng', 19),
  numberColumn('Ngoại lệ còn mở', 10),
  textColumn('Cân đối', 12),
  textColumn('Khóa sổ lúc', 24),
];

/** The latest run's figures; the proof of a closed day is that of its close. */
function figuresOf({ close, proof }: DayView): DayFigures | undefined {
  return (close?.state === 'closed' ? close.proof : proof)?.figures;
}

export function dayCells(day: DayView): readonly ReportCell[] {
  const { close, proof } = day;
  const isClosed = close?.state === 'closed';
  return [
    ...bookedCellsOf(day),
    dayStateNames[day.state],
    day.openExceptions,
    proof === undefined ? '' : holdsInWords(proof.holds),
    isClosed && close.decidedAt !== undefined ? formatVietnamTime(close.decidedAt) : '',
  ];
}

function bookedCellsOf(day: DayView): readonly ReportCell[] {
  const figures = figuresOf(day);
  const channel = `${day.gateway}/${day.merchant}`;
  if (figures === undefined) {
    return reconciliationBook.columns.map((_, index) => [shortDate(day.day), channel][index]);
  }
  const { paid, otherMoney, suspense, refunded } = figures.ledger;
  const payments = sumOf([paid, otherMoney, suspense]);
  const { maker, checker } = day.close ?? {};
  const ledger = { payments, refunds: refunded };
  return bookCells({
    day: day.day,
    channel,
    statement: figures.statement,
    ledger,
    classes: figures.classes,
    bank: figures.bank ?? day.proof?.figures.bank,
    treasury: figures.treasury ?? day.proof?.figures.treasury,
    maker,
    checker,
  });
}

function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce((all, { count, sum }) => ({ count: all.count + count, sum: all.sum + sum }), nothing);
}

const nothing: Tally = { count: 0, sum: 0 };

export function classRowsOf(day: DayView): readonly (readonly ReportCell[])[] {
  return classRows(figuresOf(day)?.classes ?? {}).map((cells) => [...placeOf(day), ...cells]);
}

export function equationRowsOf(day: DayView): readonly (readonly ReportCell[])[] {
  return equationRows(equationsOf(day)).map((cells) => [...placeOf(day), ...cells]);
}

/** Of a closed day as it was closed; and what bank and treasury have told since, which often comes after the close. */
function equationsOf({ close, proof }: DayView): readonly Equation[] {
  const latest = proof?.equations ?? [];
  if (close?.state !== 'closed') return latest;
  const closed = close.proof.equations;
  return [...closed, ...latest.filter(({ name }) => closed.every((one) => one.name !== name))];
}

const placeOf = ({ day, gateway, merchant }: DayView) => [shortDate(day), gateway, merchant];
