import type { StaffCode } from '#schemas/staff-code.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { LogCode } from '#shared/domain/log-catalogue.ts';
import type { Refund, RefundName } from '#shared/domain/refund.ts';
import {
  approve,
  type RefundDecision,
  recordTransfer,
  reject,
  type TransferFacts,
} from '#shared/domain/refund-steps.ts';
import { moneyOfRefund, type RefundableMoney } from '#shared/domain/refundable-money.ts';
import { type RefundAnswer, type RefundNeeds, refused } from './refund-needs.ts';

/** More changes than people and a gateway make at once. */
const mostRounds = 5;

/** The checker's half: the gateway is asked at once, and by the sweep when this function does not live to do it. */
export async function approveRefund(name: RefundName, checker: StaffCode, needs: RefundNeeds): Promise<RefundAnswer> {
  const answer = await decide(name, needs, 'REFUND_APPROVED', (refund) => approve(refund, checker, needs.clock()));
  if (answer.kind === 'refused' || answer.refund.state !== 'approved') return answer;
  // Read anew: what is ordered must know every other refund of the money.
  const record = await needs.ledger.readRecord(name.paymentId);
  if (record !== undefined) await needs.followRefunds(record, [name.refundId]);
  const after = (await needs.ledger.readRecord(name.paymentId))?.refunds.find(isNamed(name));
  return { kind: 'done', refund: after ?? answer.refund };
}

export function rejectRefund(
  name: RefundName,
  by: { readonly checker: StaffCode; readonly why: string },
  needs: RefundNeeds,
): Promise<RefundAnswer> {
  return decide(name, needs, 'REFUND_REJECTED', (refund) => reject(refund, by.checker, by.why, needs.clock()));
}

/** Ends an order for a transfer, with what proves it. */
export function recordRefundTransfer(
  name: RefundName,
  facts: TransferFacts,
  needs: RefundNeeds,
): Promise<RefundAnswer> {
  return decide(name, needs, 'REFUND_DONE', (refund, money) => recordTransfer(refund, money, facts, needs.clock()));
}

/** Decides on what is read, and again when it moved meanwhile. An answer that was lost is given again. */
async function decide(
  name: RefundName,
  needs: RefundNeeds,
  code: LogCode,
  decideOn: (refund: Refund, money: RefundableMoney) => RefundDecision,
): Promise<RefundAnswer> {
  const { paymentId, refundId } = name;
  for (let round = 0; round < mostRounds; round += 1) {
    if (round > 0) await needs.pauseBeforeTry(round);
    const record = await needs.ledger.readRecord(paymentId);
    const before = record?.refunds.find(isNamed(name));
    const money = record === undefined || before === undefined ? undefined : moneyOfRefund(record, before);
    if (before === undefined || money === undefined) return refused({ code: 'no-refund' });
    const decision = decideOn(before, money);
    if (decision.kind === 'refused') return decision;
    if (decision.kind === 'known') return { kind: 'done', refund: before };
    const { after } = decision;
    if ((await needs.ledger.move({ before, after, money })) === 'written') {
      needs.logNews(code, { paymentId, refundId, gateway: after.gateway, amountVnd: after.amountVnd });
      return { kind: 'done', refund: after };
    }
  }
  throw new BrokenInvariant(
    `refund ${refundId} of payment ${paymentId} moved ${mostRounds} times while it was decided on`,
  );
}

function isNamed({ refundId }: RefundName): (refund: Refund) => boolean {
  return (refund) => refund.refundId === refundId;
}
