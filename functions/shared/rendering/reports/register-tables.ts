import type { BusinessDate, Instant, TaxCode } from '#schemas/ids.ts';
import { amountInWords } from '#shared/domain/amount-in-words.ts';
import type { RegisterRow, RegisterTotals, Tally } from '#shared/domain/register-report.ts';
import { formatReceiptNumber } from '#shared/domain/rule-profile.ts';
import type { SeriesProof } from '#shared/domain/series-proof.ts';
import { formatVietnamTime } from '#shared/domain/vietnamese-format.ts';
import { statementOf } from './proof-texts.ts';
import { numberColumn, type ReportCell, type ReportTable, type ReportWriter, textColumn } from './report-table.ts';
import { kindNames, periodText, shortDate, stateNames } from './report-words.ts';

/** What stands above the register. */
export interface RegisterHead {
  readonly collector: string;
  readonly taxCode: TaxCode;
  readonly from?: BusinessDate | undefined;
  readonly to?: BusinessDate | undefined;
  /** Staff code of who had it made: a register names payers. */
  readonly madeBy: string;
  readonly madeAt: Instant;
}

/** Bảng kê biên lai: the receipts, their sums, and what proves that none is missing (receipt spec §10.3). */
export function registerTables(head: RegisterHead): readonly [ReportTable, ReportTable, ReportTable] {
  const about = [
    `Tổ chức thu: ${head.collector} — MST: ${head.taxCode}`,
    `Kỳ: ${periodText(head.from, head.to)} — Đơn vị tính: đồng`,
    `Người lập: ${head.madeBy}, lúc ${formatVietnamTime(head.madeAt)}`,
  ];
  return [
    {
      name: 'Bảng kê',
      fileEnding: '',
      heading: ['BẢNG KÊ BIÊN LAI THU PHÍ, LỆ PHÍ', ...about],
      columns: receiptColumns,
    },
    { name: 'Tổng hợp', fileEnding: 'tong-hop', heading: ['TỔNG HỢP SỐ THU', ...about], columns: groupColumns },
    { name: 'Dãy số', fileEnding: 'day-so', heading: ['KIỂM TRA DÃY SỐ BIÊN LAI', ...about], columns: seriesColumns },
  ];
}

const receiptColumns = [
  numberColumn('STT', 7),
  textColumn('Ký hiệu mẫu', 10),
  textColumn('Ký hiệu', 9),
  textColumn('Số', 11),
  textColumn('Ngày lập', 12),
  textColumn('Người nộp', 28),
  textColumn('Mã hồ sơ', 24),
  textColumn('Mã TTHC', 14),
  textColumn('Khoản thu', 44),
  numberColumn('Số tiền', 14),
  textColumn('Kênh', 10),
  textColumn('Mã giao dịch', 20),
  textColumn('Trạng thái', 14),
];

const groupColumns = [
  textColumn('Ngày', 12),
  textColumn('Tổ chức thu', 40),
  textColumn('MST', 15),
  textColumn('Loại', 9),
  textColumn('Mã khoản thu', 13),
  textColumn('Khoản thu', 44),
  textColumn('NDKT', 8),
  numberColumn('Số biên lai', 11),
  numberColumn('Số tiền', 16),
  textColumn('Bằng chữ', 50),
];

const seriesColumns = [
  textColumn('MST', 15),
  textColumn('Ký hiệu mẫu', 10),
  textColumn('Ký hiệu', 9),
  numberColumn('Số lượng', 10),
  textColumn('Từ số', 11),
  textColumn('Đến số', 11),
  numberColumn('Số tiền', 16),
  textColumn('Bằng chữ', 44),
  textColumn('Kết luận về dãy số', 60),
];

export function registerCells({ content, state, line }: RegisterRow, ordinal: number): readonly ReportCell[] {
  return [
    ordinal,
    content.template,
    content.series,
    formatReceiptNumber(content.number, content.profile),
    shortDate(content.issuedOn),
    content.payer.name,
    content.dossierCode,
    content.procedureCode,
    line.name,
    line.amountVnd,
    content.gateway,
    content.transactionId,
    stateNames[state],
  ];
}

/** Writes what ends the list of receipts, and the two tables after it. */
export async function writeRegisterSums(
  writer: ReportWriter,
  { groups, standing, replaced }: RegisterTotals,
  series: readonly { readonly proof: SeriesProof; readonly standing: Tally }[],
): Promise<void> {
  await writer.endTable();
  for (const group of groups) {
    await writer.addRow([
      shortDate(group.date),
      group.collector,
      group.taxCode,
      kindNames[group.kind],
      group.feeCode,
      group.feeName,
      group.budgetCode,
      group.receipts,
      group.amountVnd,
    ]);
  }
  await writer.addRow(sumCells('Tổng cộng', standing), 'total');
  if (replaced.receipts > 0) await writer.addRow(sumCells('Đã bị thay thế, không cộng', replaced));
  await writer.endTable();
  for (const one of series) await writer.addRow(seriesCells(one.proof, one.standing));
  await writer.endTable();
}

function sumCells(label: string, { receipts, amountVnd }: Tally): readonly ReportCell[] {
  return [label, '', '', '', '', '', '', receipts, amountVnd, amountInWords(amountVnd)];
}

function seriesCells(proof: SeriesProof, { amountVnd }: Tally): readonly ReportCell[] {
  const { series, count, first, last } = proof;
  return [
    series.taxCode,
    series.template,
    series.series,
    count,
    first === undefined ? '' : formatReceiptNumber(first.number, first.profile),
    last === undefined ? '' : formatReceiptNumber(last.number, last.profile),
    amountVnd,
    amountInWords(amountVnd),
    statementOf(proof),
  ];
}
