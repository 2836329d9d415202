import type { StaffCode } from '#schemas/staff-code.ts';
import {
  type Assigned,
  type AssignmentStep,
  type Destination,
  destinationOf,
  type MoneyAddress,
  type Proposal,
  proposalToApprove,
  proposalToReject,
  type Refusal,
  refused,
  type Suspense,
} from '#shared/domain/assignment.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import { planApproval } from './plan-approval.ts';
import { type AssignmentNeeds, mostRounds } from './propose-assignment.ts';

/** What somebody decides: the proposal with the number that was read, and no later one. */
export interface AssignmentDecision {
  readonly money: MoneyAddress;
  readonly number: number;
  readonly by: StaffCode;
  readonly reason?: string | undefined;
}

export type ApproveResult = { readonly kind: 'assigned'; readonly assigned: Assigned } | Refusal;

/**
 * The checker's half: the money goes where `destinationOf` says at that moment, in one transaction with the end of its
 * suspense. A callback that settles the payment meanwhile only changes where. Asking again gives the same answer.
 */
export async function approveAssignment(decision: AssignmentDecision, needs: AssignmentNeeds): Promise<ApproveResult> {
  const { number, by: checker, reason } = decision;
  let claimHeld = false;
  for (let round = 0; round < mostRounds; round += 1) {
    const seen = await needs.ledger.readSuspense(decision.money);
    if (seen === undefined) return refused('money-unknown');
    const done = approvedBefore(seen, decision);
    if (done !== undefined) return { kind: 'assigned', assigned: done };
    const proposal = proposalToApprove(seen, number, checker);
    if ('kind' in proposal) return proposal;
    const record = await needs.ledger.readRecord(proposal.paymentId);
    if (record === undefined) return refused('payment-unknown');
    const destination = destinationOf(seen, record, needs.merchants);
    if (destination.kind === 'refused') {
      if (await isUnchanged(seen, needs)) return destination;
      continue;
    }
    const target = { payment: record.payment, destination: claimHeld ? besidePayment(destination) : destination };
    const approval = planApproval(seen, proposal, target, { checker, reason, at: needs.clock() });
    const answer = await needs.ledger.assign(approval);
    if (answer === 'written') {
      logAssigned(decision, approval.assigned, needs);
      return { kind: 'assigned', assigned: approval.assigned };
    }
    claimHeld = answer === 'claim-held';
  }
  throw new BrokenInvariant(`an assignment was refused ${mostRounds} times for changing reasons`);
}

/** The payment may show what another checker approved after the suspense was read: then that is the answer. */
async function isUnchanged(seen: Suspense, { ledger }: AssignmentNeeds): Promise<boolean> {
  return (await ledger.readSuspense(seen))?.revision === seen.revision;
}

/** The answer to the first request may have been lost on its way. */
function approvedBefore({ assignment }: Suspense, { number, by }: AssignmentDecision): Assigned | undefined {
  if (assignment?.state !== 'assigned') return undefined;
  return assignment.number === number && assignment.checker === by ? assignment : undefined;
}

/** An expired payment whose debts another payment has claimed is not settled (DESIGN §3). */
function besidePayment(destination: Destination): Destination {
  const reclaims = destination.kind === 'settles' && destination.act === 'reclaim';
  return reclaims ? { kind: 'kept', moneyClass: 'claim-held-elsewhere' } : destination;
}

function logAssigned({ money }: AssignmentDecision, assigned: Assigned, needs: AssignmentNeeds): void {
  const { gateway, merchant } = money;
  const { paymentId, number, became, checker } = assigned;
  needs.logNews('MONEY_ASSIGNED', { gateway, merchant, paymentId, number, became, by: checker });
}

export type RejectResult = { readonly kind: 'rejected'; readonly rejection: AssignmentStep } | Refusal;

/** Rejects a proposal, or takes one's own back: the money is open again, and the trail keeps both steps. */
export async function rejectAssignment(
  decision: AssignmentDecision & { readonly reason: string },
  needs: AssignmentNeeds,
): Promise<RejectResult> {
  for (let round = 0; round < mostRounds; round += 1) {
    const seen = await needs.ledger.readSuspense(decision.money);
    if (seen === undefined) return refused('money-unknown');
    const done = rejectedBefore(seen, decision);
    if (done !== undefined) return { kind: 'rejected', rejection: done };
    const proposal = proposalToReject(seen, decision.number);
    if ('kind' in proposal) return proposal;
    const rejection = rejectionOf(proposal, decision, needs);
    if ((await needs.ledger.reject(seen, rejection)) === 'written') {
      const { gateway, merchant } = decision.money;
      const { paymentId, number, by } = rejection;
      needs.logNews('ASSIGNMENT_REJECTED', { gateway, merchant, paymentId, number, by });
      return { kind: 'rejected', rejection };
    }
  }
  throw new BrokenInvariant(`a rejection was refused ${mostRounds} times for changing reasons`);
}

function rejectedBefore({ trail }: Suspense, { number, by }: AssignmentDecision): AssignmentStep | undefined {
  return trail.find((step) => step.did === 'rejected' && step.number === number && step.by === by);
}

function rejectionOf(
  { number, paymentId }: Proposal,
  { by, reason }: AssignmentDecision,
  { clock }: AssignmentNeeds,
): AssignmentStep {
  return { did: 'rejected', number, paymentId, by, at: clock(), reason };
}
