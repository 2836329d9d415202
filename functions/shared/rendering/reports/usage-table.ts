import { periodOf, type Quarter, type UsageHead, type UsageRow } from '#shared/domain/receipt-usage.ts';
import { receiptRulesOn } from '#shared/domain/rule-profile.ts';
import { numberColumn, type ReportCell, type ReportTable, textColumn } from './report-table.ts';
import { shortDate } from './report-words.ts';

const types: Readonly<Record<UsageRow['typeCode'], string>> = {
  '1': 'Biên lai thu phí, lệ phí không có mệnh giá',
  '2': 'Biên lai thu phí, lệ phí có mệnh giá',
};

/** Báo cáo tình hình sử dụng biên lai, form BC26/BLĐT. */
export function usageTable({ quarter, collector, taxCode, madeOn }: UsageHead): ReportTable {
  return {
    name: 'BC26-BLĐT',
    fileEnding: '',
    heading: [
      'BÁO CÁO TÌNH HÌNH SỬ DỤNG BIÊN LAI THU THUẾ, PHÍ, LỆ PHÍ',
      'Mẫu số: BC26/BLĐT',
      `Kỳ báo cáo: ${quarterText(quarter)}`,
      `Tổ chức thu: ${collector} — MST: ${taxCode}`,
      `Ngày lập: ${shortDate(madeOn)} — Đơn vị tính: Việt Nam Đồng`,
    ],
    columns: [
      numberColumn('STT (1)', 7),
      textColumn('Tên loại biên lai (2)', 40),
      textColumn('Ký hiệu mẫu biên lai (3)', 13),
      textColumn('Ký hiệu biên lai (4)', 12),
      numberColumn('Số biên lai sử dụng trong kỳ (5)', 14),
      numberColumn('Tổng tiền thuế, phí, lệ phí trong kỳ (6)', 20),
      textColumn('Từ số', 11),
      textColumn('Đến số', 11),
    ],
  };
}

export function usageCells(row: UsageRow, ordinal: number, quarter: Quarter): readonly ReportCell[] {
  const { numberWidth } = receiptRulesOn(periodOf(quarter).to);
  const shown = (number: number) => String(number).padStart(numberWidth, '0');
  return [
    ordinal,
    types[row.typeCode],
    row.template,
    row.series,
    row.used,
    row.amountVnd,
    shown(row.firstNumber),
    shown(row.lastNumber),
  ];
}

/** `quý 2 năm 2026`. */
function quarterText(quarter: Quarter): string {
  const [year, ordinal] = quarter.split('-Q');
  return `quý ${ordinal} năm ${year}`;
}
