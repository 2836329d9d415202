import type { DayFigures, Tally } from '#schemas/balance-proof.ts';
import type { BusinessDate } from '#schemas/ids.ts';
import { reconciliationClasses } from '#shared/domain/reconciliation.ts';
import { numberColumn, type ReportCell, type ReportTable, textColumn } from './report-table.ts';
import { shortDate } from './report-words.ts';

/** One day of one channel in the sổ đối soát. */
export interface BookedDay {
  readonly day: BusinessDate;
  readonly channel: string;
  readonly statement: DayFigures['statement'];
  /** Money of the day in our books; refunds apart, above 0. */
  readonly ledger: { readonly payments: Tally; readonly refunds: Tally };
  readonly classes: DayFigures['classes'];
  /** Second and third level, where they were compared. */
  readonly bank?: Pick<NonNullable<DayFigures['bank']>, 'creditedVnd' | 'differenceVnd'> | undefined;
  readonly treasury?: Pick<NonNullable<DayFigures['treasury']>, 'paidInVnd' | 'differenceVnd'> | undefined;
  /** Who closed the day; without them there is room for their names. */
  readonly maker?: string | undefined;
  readonly checker?: string | undefined;
}

/**
 * Sổ đối soát of a day (receipt rules §10.3): count and sum on each side, count and sum of each class, and room for the
 * two who sign it. A line of it is one day of one channel, so that the files of a month can be put under each other.
 */
export const reconciliationBook: ReportTable = {
  name: 'Sổ đối soát',
  fileEnding: '',
  heading: ['SỔ ĐỐI SOÁT', 'Đơn vị tiền: VND'],
  columns: [
    textColumn('Ngày', 12),
    textColumn('Kênh', 24),
    numberColumn('Cổng: số giao dịch', 12),
    numberColumn('Cổng: số tiền', 18),
    numberColumn('Cổng: số lần hoàn', 12),
    numberColumn('Cổng: tiền hoàn', 16),
    numberColumn('Sổ: số khoản', 12),
    numberColumn('Sổ: số tiền', 18),
    numberColumn('Sổ: số lần hoàn', 12),
    numberColumn('Sổ: tiền hoàn', 16),
    ...reconciliationClasses.flatMap((name) => [
      numberColumn(`${name}: số dòng`, 12),
      numberColumn(`${name}: số tiền`, 16),
    ]),
    numberColumn('Ngân hàng: ghi có', 18),
    numberColumn('Ngân hàng: lệch', 16),
    numberColumn('Ngân sách: đã nộp', 18),
    numberColumn('Ngân sách: lệch', 16),
    textColumn('Người lập', 20),
    textColumn('Người kiểm soát', 20),
  ],
};

export function bookCells({
  day,
  channel,
  statement,
  ledger,
  classes,
  bank,
  treasury,
  maker,
  checker,
}: BookedDay): readonly ReportCell[] {
  const tallies = [statement.payments, statement.refunds, ledger.payments, ledger.refunds];
  const ofClasses = reconciliationClasses.map((name) => classes[name] ?? { count: 0, sum: 0 });
  return [
    shortDate(day),
    channel,
    ...[...tallies, ...ofClasses].flatMap(({ count, sum }) => [count, sum]),
    bank?.creditedVnd,
    bank?.differenceVnd,
    treasury?.paidInVnd,
    treasury?.differenceVnd,
    maker,
    checker,
  ];
}
