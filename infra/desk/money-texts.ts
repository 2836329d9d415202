import type { ApproveResult, RejectResult } from '#functions/finance-desk/decide-assignment.ts';
import { explainRefusal } from '#functions/finance-desk/explain-refusal.ts';
import type { ProposeResult } from '#functions/finance-desk/propose-assignment.ts';
import type { Assigned, Destination, Refusal } from '#shared/domain/assignment.ts';

/** How a command ended, for people. */
export interface Telling {
  readonly done: boolean;
  readonly text: string;
}

export function tellProposal(result: ProposeResult): Telling {
  if (result.kind === 'refused') return tellRefusal(result);
  const { number, paymentId } = result.proposal;
  return {
    done: true,
    text: `Đã lập đề nghị ${number}: gán cho thanh toán ${paymentId}. Khi duyệt: ${consequenceOf(result.destination)} (proposed; another person approves).`,
  };
}

export function tellApproval(result: ApproveResult): Telling {
  if (result.kind === 'refused') return tellRefusal(result);
  const { paymentId, became } = result.assigned;
  return { done: true, text: `Đã gán cho thanh toán ${paymentId}: ${consequences[became]} (assigned).` };
}

export function tellRejection(result: RejectResult): Telling {
  if (result.kind === 'refused') return tellRefusal(result);
  return {
    done: true,
    text: `Đã bỏ đề nghị ${result.rejection.number}; khoản tiền lại chờ xử lý (rejected; open again).`,
  };
}

function tellRefusal({ code }: Refusal): Telling {
  return { done: false, text: `${explainRefusal(code)} [${code}]` };
}

const consequences: Readonly<Record<Assigned['became'], string>> = {
  settlement: 'thanh toán được ghi nhận đã nộp; biên lai và xác nhận sẽ tự phát hành',
  'wrong-amount': 'số tiền không khớp, giữ cạnh thanh toán để hoàn',
  surplus: 'thanh toán đã có tiền khác, giữ cạnh thanh toán để hoàn',
  'after-cancel': 'thanh toán không còn nhận tiền, giữ cạnh thanh toán để hoàn',
  'claim-held-elsewhere': 'khoản nợ do thanh toán khác giữ, giữ cạnh thanh toán để hoàn',
};

function consequenceOf(destination: Destination): string {
  return consequences[destination.kind === 'kept' ? destination.moneyClass : 'settlement'];
}
