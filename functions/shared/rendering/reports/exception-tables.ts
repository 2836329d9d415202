import type { ExceptionLine } from '#schemas/exception.ts';
import type { Instant } from '#schemas/ids.ts';
import { type AgesOfClass, ageSpans } from '#shared/domain/exception-ages.ts';
import { formatVietnamTime } from '#shared/domain/vietnamese-format.ts';
import { exceptionStateNames, outcomeNames } from './desk-words.ts';
import { classWords } from './reconciliation-words.ts';
import { numberColumn, type ReportCell, type ReportTable, textColumn } from './report-table.ts';
import { shortDate } from './report-words.ts';

/** What stands above the list. */
export interface ExceptionHead {
  /** Staff code of who had it made. */
  readonly madeBy: string;
  readonly madeAt: Instant;
}

/** The exceptions that wait, both sides beside each other, and how long they have waited by class. */
export function exceptionTables({ madeBy, madeAt }: ExceptionHead): readonly [ReportTable, ReportTable] {
  const about = [`Người lập: ${madeBy}, lúc ${formatVietnamTime(madeAt)} — Đơn vị tính: đồng`];
  return [
    { name: 'Ngoại lệ', fileEnding: '', heading: ['NGOẠI LỆ ĐỐI SOÁT CÒN MỞ', ...about], columns: listColumns },
    { name: 'Tuổi', fileEnding: 'tuoi', heading: ['TUỔI CỦA NGOẠI LỆ THEO LOẠI', ...about], columns: ageColumns },
  ];
}

const listColumns = [
  textColumn('Mã ngoại lệ', 46),
  textColumn('Loại', 24),
  textColumn('Ngày', 12),
  textColumn('Ghi vào ngày', 12),
  textColumn('Kênh', 11),
  textColumn('Tài khoản', 13),
  textColumn('Mã tham chiếu', 22),
  textColumn('Mã giao dịch', 20),
  numberColumn('Cổng: số tiền', 14),
  textColumn('Cổng: trạng thái', 13),
  numberColumn('Sổ: số tiền', 14),
  textColumn('Sổ: trạng thái', 13),
  numberColumn('Chênh lệch', 14),
  textColumn('Biên lai', 20),
  textColumn('Người giữ', 16),
  textColumn('Tình trạng', 14),
  textColumn('Kết quả', 18),
  numberColumn('Tuổi (ngày)', 8),
  textColumn('Hạn', 24),
  textColumn('Quá hạn', 9),
];

const ageColumns = [
  textColumn('Loại', 26),
  numberColumn('Số ngoại lệ', 11),
  numberColumn('Quá hạn', 9),
  numberColumn('Chênh lệch', 16),
  ...ageSpans.map(({ title }) => numberColumn(title, 12)),
  numberColumn('Lâu nhất (ngày)', 11),
];

export function exceptionCells(line: ExceptionLine): readonly ReportCell[] {
  return [
    line.exceptionId,
    classWords[line.class],
    shortDate(line.day),
    shortDate(line.bookedOn),
    line.gateway,
    line.merchant,
    line.reference,
    line.transactionId,
    line.statement?.amountVnd,
    line.statement?.kind === 'refund' ? `${line.statement.status}, hoàn tiền` : line.statement?.status,
    line.ledger?.amountVnd,
    line.ledger?.state,
    line.differenceVnd,
    line.receipt,
    line.owner,
    exceptionStateNames[line.state],
    line.outcome === undefined ? '' : outcomeNames[line.outcome],
    line.ageDays,
    formatVietnamTime(line.dueAt),
    line.isOverdue ? 'Quá hạn' : '',
  ];
}

export function ageCells(ages: AgesOfClass): readonly ReportCell[] {
  return [classWords[ages.class], ages.count, ages.overdue, ages.differenceVnd, ...ages.bySpan, ages.oldestDays];
}

/** The sum of all classes. */
export function ageSumCells(all: readonly AgesOfClass[]): readonly ReportCell[] {
  const sumOf = (figure: (ages: AgesOfClass) => number) => all.reduce((sum, ages) => sum + figure(ages), 0);
  return [
    'Tổng cộng',
    sumOf(({ count }) => count),
    sumOf(({ overdue }) => overdue),
    sumOf(({ differenceVnd }) => differenceVnd),
    ...ageSpans.map((_, index) => sumOf(({ bySpan }) => bySpan[index] ?? 0)),
    Math.max(0, ...all.map(({ oldestDays }) => oldestDays)),
  ];
}
