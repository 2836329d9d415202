import type { DaySummaryHead, DaySummaryRow, SummaryState } from '#shared/domain/day-summary.ts';
import { spellOutDate } from '#shared/domain/vietnamese-format.ts';
import { numberColumn, type ReportCell, type ReportTable, textColumn } from './report-table.ts';
import { shortDate } from './report-words.ts';

/** The words of the summary of invoices; for receipts an interpretation, see `SummaryState`. */
const states: Readonly<Record<SummaryState, string>> = {
  new: 'Mới',
  replacement: 'Thay thế',
  explained: 'Giải trình',
  'summary-error': 'Sai sót do tổng hợp',
};

/** Form 01/TH-BLĐT (TT 91/2026/TT-BTC); its table has thirteen columns, numbered under their titles. */
export function dayTable({ date, number, amendment, collector, taxCode }: DaySummaryHead): ReportTable {
  return {
    name: '01-TH-BLĐT',
    fileEnding: '',
    heading: [
      'BẢNG TỔNG HỢP DỮ LIỆU BIÊN LAI ĐIỆN TỬ',
      'Mẫu số: 01/TH-BLĐT',
      `[01] Kỳ dữ liệu: ${spellOutDate(date)}`,
      `[02] Lần đầu: [${amendment === undefined ? 'X' : ' '}]     [03] Bổ sung lần thứ: [${amendment ?? ' '}]`,
      `[04] Tên tổ chức thu: ${collector}`,
      `[05] Mã số thuế: ${taxCode}`,
      `Số: ${number}     Đơn vị tiền: VND`,
    ],
    columns: [
      numberColumn('STT (1)', 7),
      textColumn('Ký hiệu mẫu biên lai (2)', 11),
      textColumn('Ký hiệu biên lai (3)', 10),
      textColumn('Số biên lai (4)', 11),
      textColumn('Ngày lập (5)', 12),
      textColumn('Tên loại phí, lệ phí (6)', 44),
      numberColumn('Số tiền (7)', 14),
      textColumn('Tỷ giá (8)', 8),
      textColumn('Trạng thái (9)', 12),
      textColumn('Kỳ điều chỉnh dữ liệu (10)', 13),
      textColumn('Biên lai liên quan (11)', 28),
      textColumn('Giải trình (12)', 24),
      textColumn('Ghi chú (13)', 20),
    ],
  };
}

export function dayCells(row: DaySummaryRow, ordinal: number): readonly ReportCell[] {
  const { receipt, related } = row;
  return [
    ordinal,
    receipt.template,
    receipt.series,
    receipt.number,
    shortDate(receipt.date),
    row.feeName,
    row.amountVnd,
    '',
    states[row.state],
    row.amendedPeriod === undefined ? '' : shortDate(row.amendedPeriod),
    related === undefined
      ? ''
      : `${related.template} ${related.series} số ${related.number} ngày ${shortDate(related.date)}`,
    row.explanation,
    row.note,
  ];
}
