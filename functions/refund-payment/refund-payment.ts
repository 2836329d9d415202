import type { PaymentId } from '#schemas/ids.ts';
import type { RefundCommand, RefundView } from '#schemas/refund.ts';
import type { RefundName } from '#shared/domain/refund.ts';
import type { RefundRefusal } from '#shared/domain/refund-plan.ts';
import { approveRefund, recordRefundTransfer, rejectRefund } from './decide-refund.ts';
import { explainRefusal } from './explain-refusal.ts';
import { type RefundAnswer, type RefundNeeds, refused } from './refund-needs.ts';
import { requestRefund } from './request-refund.ts';
import { showRefund } from './show-refund.ts';

/** How an act on one refund ended, as JSON. */
export type RefundOutcome =
  | { readonly kind: 'done'; readonly refund: RefundView }
  | { readonly kind: 'refused'; readonly code: RefundRefusal['code']; readonly explanation: string };

export type RefundResult = RefundOutcome | { readonly kind: 'listed'; readonly refunds: readonly RefundView[] };

export type RefundAct = Exclude<RefundCommand, { action: 'list' }>;

/** Does what a member of the finance staff asks; whoever calls has made sure who that is. */
export async function refundPayment(command: RefundCommand, needs: RefundNeeds): Promise<RefundResult> {
  return command.action === 'list'
    ? { kind: 'listed', refunds: await listOpenRefunds(needs) }
    : actOnRefund(command, needs);
}

export async function actOnRefund(act: RefundAct, needs: RefundNeeds): Promise<RefundOutcome> {
  switch (act.action) {
    case 'request':
      return outcomeOf(await requestRefund(act.refund, act.by, needs));
    case 'approve':
      return outcomeOf(await approveRefund(act, act.by, needs));
    case 'reject':
      return outcomeOf(await rejectRefund(act, { checker: act.by, why: act.why }, needs));
    case 'record-transfer':
      return outcomeOf(await recordRefundTransfer(act, act, needs));
  }
}

type ReadingNeeds = Pick<RefundNeeds, 'ledger'>;

/** Everything that waits for a person or a gateway, what has waited longest first. */
export async function listOpenRefunds({ ledger }: ReadingNeeds): Promise<readonly RefundView[]> {
  const refunds = (await ledger.findOpen()).map(showRefund);
  return refunds.toSorted((one, other) => (one.waitingSince < other.waitingSince ? -1 : 1));
}

/** Every refund of a payment, those at an end too. */
export async function listRefundsOf(paymentId: PaymentId, { ledger }: ReadingNeeds): Promise<readonly RefundView[]> {
  return ((await ledger.readRecord(paymentId))?.refunds ?? []).map(showRefund);
}

export async function findRefund({ paymentId, refundId }: RefundName, needs: ReadingNeeds): Promise<RefundOutcome> {
  const refund = (await needs.ledger.readRecord(paymentId))?.refunds.find((one) => one.refundId === refundId);
  return outcomeOf(refund === undefined ? refused({ code: 'no-refund' }) : { kind: 'done', refund });
}

function outcomeOf(answer: RefundAnswer): RefundOutcome {
  if (answer.kind === 'done') return { kind: 'done', refund: showRefund(answer.refund) };
  return { kind: 'refused', code: answer.refusal.code, explanation: explainRefusal(answer.refusal) };
}
