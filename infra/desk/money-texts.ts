import type { AssignmentView } from '#schemas/open-money.ts';

const consequences: Readonly<Record<NonNullable<AssignmentView['becomes']>, string>> = {
  settlement: 'thanh toán được ghi nhận đã nộp; biên lai và xác nhận sẽ tự phát hành',
  'wrong-amount': 'số tiền không khớp, giữ cạnh thanh toán để hoàn',
  surplus: 'thanh toán đã có tiền khác, giữ cạnh thanh toán để hoàn',
  'after-cancel': 'thanh toán không còn nhận tiền, giữ cạnh thanh toán để hoàn',
  'claim-held-elsewhere': 'khoản nợ do thanh toán khác giữ, giữ cạnh thanh toán để hoàn',
};

/** Where a proposal stands after an act on it, for people. */
export function assignmentAsText({ state, number, paymentId, becomes }: AssignmentView): string {
  const consequence = becomes === undefined ? '' : consequences[becomes];
  switch (state) {
    case 'proposed':
      return `Đã lập đề nghị ${number}: gán cho thanh toán ${paymentId}. Khi duyệt: ${consequence} (proposed; another person approves).`;
    case 'assigned':
      return `Đã gán cho thanh toán ${paymentId}: ${consequence} (assigned).`;
    case 'rejected':
      return `Đã bỏ đề nghị ${number}; khoản tiền lại chờ xử lý (rejected; open again).`;
  }
}
