import type { OpenMoneyView } from '#schemas/open-money.ts';
import { type CsvField, csvOf } from '#shared/rendering/reports/csv.ts';
import { textTable } from './text-table.ts';

const classes: Readonly<Record<OpenMoneyView['moneyClass'], string>> = {
  surplus: 'nộp lần hai',
  'wrong-amount': 'sai số tiền',
  'after-cancel': 'nộp sau khi hủy',
  'claim-held-elsewhere': 'nợ do thanh toán khác giữ',
  'unknown-order': 'không rõ thanh toán',
  'foreign-account': 'của điểm bán khác',
  unreadable: 'không đọc được',
};

const states: Readonly<Record<OpenMoneyView['state'], string>> = {
  open: 'chờ xử lý',
  proposed: 'chờ duyệt gán',
  refunding: 'đang hoàn',
};

/** For the terminal: what is needed to act, no more. */
export function moneyAsText(lines: readonly OpenMoneyView[]): string {
  if (lines.length === 0) return 'Không có khoản tiền nào chờ xử lý (no money waits).';
  const rows = lines.map((line) => [
    `${line.ageDays} ngày`,
    line.amountVnd === null ? 'không rõ' : `${line.amountVnd.toLocaleString('vi-VN')} đ`,
    classes[line.moneyClass],
    stateOf(line),
    line.owner,
    line.businessDate,
    addressOf(line),
    line.paymentId ?? '',
  ]);
  const header = ['TUỔI', 'SỐ TIỀN', 'LOẠI', 'TRẠNG THÁI', 'PHỤ TRÁCH', 'NGÀY', 'KHOẢN TIỀN', 'THANH TOÁN'];
  return `${textTable([header, ...rows])}\n${lines.length} khoản (lines)`;
}

function stateOf({ state, proposal }: OpenMoneyView): string {
  return proposal === undefined ? states[state] : `${states[state]} (đề nghị ${proposal.number} của ${proposal.maker})`;
}

const addressOf = ({ gateway, merchant, identity }: OpenMoneyView): string => `${gateway}/${merchant}/${identity}`;

const columns: readonly (readonly [string, (line: OpenMoneyView) => CsvField])[] = [
  ['Khoản tiền', addressOf],
  ['Loại', ({ moneyClass }) => classes[moneyClass]],
  ['Trạng thái', ({ state }) => states[state]],
  ['Phụ trách', ({ owner }) => owner],
  ['Số tiền (đ)', ({ amountVnd }) => amountVnd],
  ['Đã hoàn (đ)', ({ refundedVnd }) => refundedVnd],
  ['Cổng', ({ gateway }) => gateway],
  ['Tài khoản', ({ merchant }) => merchant],
  ['Mã giao dịch', ({ transactionId }) => transactionId],
  ['Mã tham chiếu', ({ gatewayRef }) => gatewayRef],
  ['Mã kết quả', ({ resultCode }) => resultCode],
  ['Ngày giao dịch', ({ businessDate }) => businessDate],
  ['Ghi nhận lúc (UTC)', ({ keptAt }) => keptAt],
  ['Tuổi (ngày)', ({ ageDays }) => ageDays],
  ['Thanh toán', ({ paymentId }) => paymentId],
  ['Đề nghị số', ({ proposal }) => proposal?.number],
  ['Người đề nghị', ({ proposal }) => proposal?.maker],
  ['Lý do', ({ proposal }) => proposal?.reason],
];

/** For a spreadsheet: everything of the list. */
export function moneyAsCsv(lines: readonly OpenMoneyView[]): string {
  return csvOf(
    columns.map(([title]) => title),
    lines.map((line) => columns.map(([, fieldOf]) => fieldOf(line))),
  );
}
