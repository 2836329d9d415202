import type { RefundRequest } from '#schemas/refund.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { mostRefunds } from '#shared/domain/refund.ts';
import { planRefund } from '#shared/domain/refund-plan.ts';
import { moneyOfRefund } from '#shared/domain/refundable-money.ts';
import type { RefundAnswer, RefundNeeds } from './refund-needs.ts';

/** Each round that is lost was won by another refund of the payment, and it can have no more than these. */
const mostRounds = mostRefunds + 2;

/** The maker's half: reserves the amount against what was paid. The same request again is the same refund. */
export async function requestRefund(
  request: RefundRequest,
  maker: StaffCode,
  needs: RefundNeeds,
): Promise<RefundAnswer> {
  const { paymentId, refundId, amountVnd } = request;
  for (let round = 0; round < mostRounds; round += 1) {
    if (round > 0) await needs.pauseBeforeTry(round);
    const record = await needs.ledger.readRecord(paymentId);
    const plan = planRefund(record, request, maker, needs.clock());
    if (plan.kind === 'refused') return plan;
    if (plan.kind === 'known') return { kind: 'done', refund: plan.refund };
    const { refund } = plan;
    const money = record === undefined ? undefined : moneyOfRefund(record, refund);
    if (money !== undefined && (await needs.ledger.propose(refund, money)) === 'written') {
      needs.logNews('REFUND_PROPOSED', { paymentId, refundId, gateway: refund.gateway, amountVnd });
      return { kind: 'done', refund };
    }
  }
  throw new BrokenInvariant(`refund ${refundId} of payment ${paymentId} lost ${mostRounds} races: is its count wrong?`);
}
