import type { BalanceProof } from '#schemas/balance-proof.ts';
import type { SignedPage } from '#shared/domain/day-close.ts';
import type { ProofPageFacts } from '#shared/domain/proof-page.ts';
import { formatVietnamTime } from '#shared/domain/vietnamese-format.ts';
import { classColumns, classRows, equationColumns, equationRows, holdsInWords } from './balance-rows.ts';
import { adjustmentWords, classWords } from './reconciliation-words.ts';
import { numberColumn, type ReportCell, type ReportTable, textColumn } from './report-table.ts';
import { shortDate } from './report-words.ts';

type Rows = readonly (readonly ReportCell[])[];

/** A table of the balance with its rows, which are few. */
export interface FilledTable {
  readonly table: ReportTable;
  readonly rows: Rows;
}

/**
 * Bảng cân đối ngày for spreadsheets: the figures of its page, who closed the day, and the digests by which the signed page
 * and the closed data are known.
 */
export function balanceTables(facts: ProofPageFacts, page: SignedPage | undefined): readonly FilledTable[] {
  const { proof } = facts;
  const place = `Kênh: ${facts.gateway} — Tài khoản: ${facts.merchant} — Ngày ${shortDate(facts.day)}`;
  const about = [place, 'Đơn vị tính: đồng'];
  const table = (name: string, fileEnding: string, title: string, columns: ReportTable['columns']) => ({
    name,
    fileEnding,
    heading: [title, ...about],
    columns,
  });
  return [
    { table: table('Bảng cân đối', '', 'BẢNG CÂN ĐỐI NGÀY', headColumns), rows: headRows(facts, page) },
    { table: table('Đẳng thức', 'dang-thuc', 'CÁC ĐẲNG THỨC', equationColumns), rows: equationRows(proof.equations) },
    {
      table: table('Theo loại', 'theo-loai', 'KẾT QUẢ ĐỐI SOÁT', classColumns),
      rows: classRows(proof.figures.classes),
    },
    {
      table: table('Điều chỉnh', 'dieu-chinh', 'ĐIỀU CHỈNH CHO NGÀY ĐÃ KHÓA', adjustmentColumns),
      rows: adjustmentRows(proof),
    },
  ];
}

const headColumns = [textColumn('Nội dung', 36), textColumn('Giá trị', 72)];

function headRows(facts: ProofPageFacts, page: SignedPage | undefined): Rows {
  const { close, run, statement, openExceptions, proof, madeBy, madeAt } = facts;
  const at = (instant: ProofPageFacts['madeAt'] | undefined) =>
    instant === undefined ? '' : `, lúc ${formatVietnamTime(instant)}`;
  const basis = close?.kind === 'no-transactions' ? 'Ngày không phát sinh giao dịch' : `Lần đối soát thứ ${run ?? '–'}`;
  const closed: Rows =
    close === undefined
      ? [['Khóa sổ', 'CHƯA KHÓA SỔ: số liệu còn có thể thay đổi']]
      : [
          ['Người lập', `${close.maker}${at(close.proposedAt)}`],
          ['Người duyệt', `${close.checker ?? ''}${at(close.decidedAt)}`],
          ['Mã băm của số liệu đã khóa (SHA-256)', close.digest],
        ];
  const signed: Rows =
    page === undefined
      ? [['Trang PDF', 'Chưa ký số']]
      : [
          ['Trang PDF', `Đã ký số${at(page.signedAt)}`],
          ['Mã băm của trang PDF đã ký (SHA-256)', page.sha256],
        ];
  return [
    ['Căn cứ', basis],
    ['Sao kê (SHA-256)', statement ?? 'Không có'],
    [`Ngoại lệ còn mở${close === undefined ? '' : ' lúc khóa sổ'}`, openExceptions],
    ['Kết luận', holdsInWords(proof.holds)],
    ...closed,
    ...signed,
    ['Bảng này do', `${madeBy ?? 'hệ thống'} lập${at(madeAt)}`],
  ];
}

const adjustmentColumns = [
  textColumn('Ngày đã khóa', 14),
  textColumn('Loại', 30),
  textColumn('Thay đổi', 16),
  numberColumn('Chênh lệch', 16),
  textColumn('Ngoại lệ', 50),
];

const adjustmentRows = ({ adjustments }: BalanceProof): Rows =>
  adjustments.map(({ day, class: name, effect, differenceVnd, exceptionId }) => [
    shortDate(day),
    classWords[name],
    adjustmentWords[effect],
    differenceVnd,
    exceptionId,
  ]);
