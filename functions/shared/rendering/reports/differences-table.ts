import type { BusinessDate } from '#schemas/ids.ts';
import { instantSchema } from '#schemas/ids.ts';
import { differenceBetween, needsPerson } from '#shared/domain/found-exceptions.ts';
import type { ReconciledRow } from '#shared/domain/reconciliation.ts';
import type { MerchantAccountName } from '#shared/domain/statement.ts';
import { formatSigningTime } from '#shared/domain/vietnamese-format.ts';
import { classWords, matchWords } from './reconciliation-words.ts';
import { numberColumn, type ReportCell, type ReportTable, textColumn } from './report-table.ts';
import { shortDate } from './report-words.ts';

/** A row of a reconciliation with the days of its two sides, which may be neighbours. */
export interface ComparedRow extends ReconciledRow {
  readonly statementDate: BusinessDate | null;
  readonly ledgerDate: BusinessDate | null;
}

/** Everything of a day that is more than a match, the gateway's side beside ours. */
export function differencesTable({
  gateway,
  merchant,
  day,
}: Pick<MerchantAccountName, 'gateway'> & {
  readonly merchant?: string | undefined;
  readonly day: BusinessDate;
}): ReportTable {
  return {
    name: 'Chênh lệch',
    fileEnding: '',
    heading: [
      'BẢNG CHÊNH LỆCH ĐỐI SOÁT',
      `Ngày đối soát: ${shortDate(day)}`,
      `Kênh: ${gateway}${merchant === undefined ? '' : `, tài khoản ${merchant}`}`,
      'Đơn vị tiền: VND',
    ],
    columns: [
      textColumn('Kết quả', 18),
      textColumn('Diễn giải', 28),
      textColumn('Cần xử lý', 9),
      textColumn('Mã tham chiếu', 20),
      textColumn('Mã giao dịch', 20),
      textColumn('Thời điểm', 20),
      numberColumn('Cổng: dòng', 9),
      textColumn('Cổng: ngày', 12),
      numberColumn('Cổng: số tiền', 16),
      textColumn('Cổng: loại', 10),
      textColumn('Cổng: trạng thái', 12),
      numberColumn('Sổ: dòng', 9),
      textColumn('Sổ: ngày', 12),
      numberColumn('Sổ: số tiền', 16),
      textColumn('Sổ: trạng thái', 13),
      numberColumn('Số tiền cổng trừ sổ', 16),
      textColumn('Biên lai', 18),
      textColumn('Khớp theo', 22),
      textColumn('Gợi ý mã của ta', 20),
    ],
  };
}

export function differenceCells(row: ComparedRow): readonly ReportCell[] {
  const { statementAmountVnd, ledgerAmountVnd, paidAt } = row;
  return [
    row.class,
    classWords[row.class],
    needsPerson(row) ? 'có' : 'không',
    row.reference,
    row.transactionId,
    paidAt === null ? '' : formatSigningTime(instantSchema.parse(paidAt)),
    row.statementLine,
    row.statementDate === null ? '' : shortDate(row.statementDate),
    statementAmountVnd,
    row.statementKind === null || row.statementKind === undefined ? '' : kindWords[row.statementKind],
    row.statementStatus,
    row.ledgerLine,
    row.ledgerDate === null ? '' : shortDate(row.ledgerDate),
    ledgerAmountVnd,
    row.ledgerState,
    needsPerson(row) ? differenceInRow(row) : null,
    row.receipt,
    row.matchedBy === null ? '' : matchWords[row.matchedBy],
    row.suggestion,
  ];
}

const kindWords = { payment: 'thu', refund: 'hoàn' } as const;

function differenceInRow(row: ReconciledRow): number {
  const { statementAmountVnd, statementStatus, statementKind, ledgerAmountVnd, ledgerState } = row;
  const kind = statementKind === 'refund' ? statementKind : undefined;
  return differenceBetween(
    statementAmountVnd === null ? null : { amountVnd: statementAmountVnd, status: statementStatus ?? '', kind },
    ledgerAmountVnd === null ? null : { amountVnd: ledgerAmountVnd, state: ledgerState ?? '' },
  );
}
