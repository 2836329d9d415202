import type { AssignmentView } from '#schemas/open-money.ts';
import type { Refusal } from '#shared/domain/assignment.ts';
import type { ApproveResult, RejectResult } from './decide-assignment.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { ProposeResult } from './propose-assignment.ts';

/** How an act on money in suspense ended, as JSON. */
export type AssignmentOutcome =
  | { readonly kind: 'done'; readonly assignment: AssignmentView }
  | { readonly kind: 'refused'; readonly code: Refusal['code']; readonly explanation: string };

export function showAssignment(result: ProposeResult | ApproveResult | RejectResult): AssignmentOutcome {
  if (result.kind !== 'refused') return { kind: 'done', assignment: viewOf(result) };
  return { kind: 'refused', code: result.code, explanation: explainRefusal(result.code) };
}

function viewOf(result: Exclude<ProposeResult | ApproveResult | RejectResult, Refusal>): AssignmentView {
  switch (result.kind) {
    case 'proposed': {
      const { proposal, destination } = result;
      const { number, paymentId, maker: by, proposedAt: at } = proposal;
      const becomes = destination.kind === 'kept' ? destination.moneyClass : 'settlement';
      return { state: 'proposed', number, paymentId, by, at, becomes };
    }
    case 'assigned': {
      const { number, paymentId, checker: by, assignedAt: at, became: becomes } = result.assigned;
      return { state: 'assigned', number, paymentId, by, at, becomes };
    }
    case 'rejected': {
      const { number, paymentId, by, at } = result.rejection;
      return { state: 'rejected', number, paymentId, by, at };
    }
  }
}
