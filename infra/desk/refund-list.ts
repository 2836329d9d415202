import type { RefundView } from '#schemas/refund.ts';
import { type CsvField, csvOf } from '#shared/rendering/reports/csv.ts';
import { textTable } from './text-table.ts';

const states: Readonly<Record<RefundView['state'], string>> = {
  proposed: 'chờ duyệt',
  approved: 'đã duyệt, chờ gửi cổng',
  requested: 'chờ cổng trả lời',
  'manual-transfer': 'chờ chuyển khoản',
  refunded: 'đã hoàn',
  failed: 'cổng từ chối',
  rejected: 'đã khép',
};

const owners: Readonly<Record<RefundView['owner'], string>> = {
  checker: 'người duyệt',
  gateway: 'cổng',
  'finance-desk': 'tài vụ',
  nobody: '',
};

const dayMs = 86_400_000;
/** Full days that it has waited for whoever must act next. */
const ageDays = ({ waitingSince }: RefundView, now: string): number =>
  Math.floor((Date.parse(now) - Date.parse(waitingSince)) / dayMs);

const addressOf = ({ moneyKey }: RefundView): string => moneyKey.split('#').join('/');

/** For the terminal: what is needed to act, without the payee. */
export function refundsAsText(refunds: readonly RefundView[], now: string): string {
  if (refunds.length === 0) return 'Không có khoản hoàn phí nào đang chờ (no refund waits).';
  const rows = refunds.map((refund) => [
    `${ageDays(refund, now)} ngày`,
    `${refund.amountVnd.toLocaleString('vi-VN')} đ`,
    states[refund.state],
    owners[refund.owner],
    refund.reason,
    refund.paymentId,
    refund.refundId,
    addressOf(refund),
    refund.resultCode ?? '',
  ]);
  const header = [
    'CHỜ',
    'SỐ TIỀN',
    'TRẠNG THÁI',
    'PHỤ TRÁCH',
    'LÝ DO',
    'THANH TOÁN',
    'MÃ HOÀN',
    'KHOẢN TIỀN',
    'MÃ CỔNG',
  ];
  return `${textTable([header, ...rows])}\n${refunds.length} khoản (refunds)`;
}

const columns: readonly (readonly [string, (refund: RefundView, now: string) => CsvField])[] = [
  ['Thanh toán', ({ paymentId }) => paymentId],
  ['Mã hoàn', ({ refundId }) => refundId],
  ['Trạng thái', ({ state }) => states[state]],
  ['Phụ trách', ({ owner }) => owners[owner]],
  ['Chờ (ngày)', ageDays],
  ['Số tiền hoàn (đ)', ({ amountVnd }) => amountVnd],
  ['Số tiền đã nộp (đ)', ({ paidVnd }) => paidVnd],
  ['Khoản tiền', addressOf],
  ['Loại tiền', ({ moneyClass }) => moneyClass],
  ['Lý do', ({ reason }) => reason],
  ['Quyết định', ({ decision }) => decision],
  ['Người lập', ({ maker }) => maker],
  ['Người duyệt', ({ checker }) => checker],
  ['Mã hoàn ở cổng', ({ refundRef }) => refundRef],
  ['Mã kết quả', ({ resultCode }) => resultCode],
  ['Số tài khoản nhận', ({ payee }) => payee?.account],
  ['Tên người nhận', ({ payee }) => payee?.name],
  ['Ngân hàng nhận', ({ payee }) => payee?.bank],
];

/** For a spreadsheet: everything, and where transfers go. */
export function refundsAsCsv(refunds: readonly RefundView[], now: string): string {
  return csvOf(
    columns.map(([title]) => title),
    refunds.map((refund) => columns.map(([, fieldOf]) => fieldOf(refund, now))),
  );
}

/** How a command ended: where the refund stands, and who must act next. */
export function refundAsText({ refundId, paymentId, amountVnd, state, owner, bankReference }: RefundView): string {
  const next = owner === 'nobody' ? '' : `; tiếp theo: ${owners[owner]}`;
  const proof = bankReference === undefined ? '' : `; chứng từ ${bankReference}`;
  const amount = amountVnd.toLocaleString('vi-VN');
  return `Hoàn phí ${refundId} của thanh toán ${paymentId}, ${amount} đ: ${states[state]}${proof}${next} (${state}).`;
}
