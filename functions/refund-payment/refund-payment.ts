import type { RefundCommand, RefundView } from '#schemas/refund.ts';
import type { RefundRefusal } from '#shared/domain/refund-plan.ts';
import { approveRefund, recordRefundTransfer, rejectRefund } from './decide-refund.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { RefundAnswer, RefundNeeds } from './refund-needs.ts';
import { requestRefund } from './request-refund.ts';
import { showRefund } from './show-refund.ts';

/** What the finance desk is answered, as JSON. */
export type RefundResult =
  | { readonly kind: 'done'; readonly refund: RefundView }
  | { readonly kind: 'listed'; readonly refunds: readonly RefundView[] }
  | { readonly kind: 'refused'; readonly code: RefundRefusal['code']; readonly explanation: string };

/** Does what a member of the finance staff asks; whoever calls has made sure who that is. */
export async function refundPayment(command: RefundCommand, needs: RefundNeeds): Promise<RefundResult> {
  switch (command.action) {
    case 'list':
      return { kind: 'listed', refunds: await listRefunds(needs) };
    case 'request':
      return resultOf(await requestRefund(command.refund, command.by, needs));
    case 'approve':
      return resultOf(await approveRefund(command, command.by, needs));
    case 'reject':
      return resultOf(await rejectRefund(command, { checker: command.by, why: command.why }, needs));
    case 'record-transfer':
      return resultOf(await recordRefundTransfer(command, command, needs));
  }
}

/** Everything that waits for a person or a gateway, what has waited longest first. */
async function listRefunds({ ledger }: RefundNeeds): Promise<readonly RefundView[]> {
  const refunds = (await ledger.findOpen()).map(showRefund);
  return refunds.toSorted((one, other) => (one.waitingSince < other.waitingSince ? -1 : 1));
}

function resultOf(answer: RefundAnswer): RefundResult {
  if (answer.kind === 'done') return { kind: 'done', refund: showRefund(answer.refund) };
  return { kind: 'refused', code: answer.refusal.code, explanation: explainRefusal(answer.refusal) };
}
