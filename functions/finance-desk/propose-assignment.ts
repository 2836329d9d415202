import type { PaymentId } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import {
  type Destination,
  destinationOf,
  type MoneyAddress,
  numberOfNextProposal,
  type Proposal,
  type Refusal,
  refused,
  type Suspense,
} from '#shared/domain/assignment.ts';
import { BrokenInvariant } from '#shared/domain/failures.ts';
import type { LogNews } from '#shared/domain/log-catalogue.ts';
import type { Merchant } from '#shared/domain/merchant.ts';
import type { AssignmentLedger } from '#shared/domain/open-money-ports.ts';
import type { Clock } from '#shared/domain/ports.ts';

export interface AssignmentNeeds {
  readonly ledger: AssignmentLedger;
  /** Which account collects for which units. */
  readonly merchants: readonly Merchant[];
  readonly clock: Clock;
  readonly logNews: LogNews;
}

/** What a maker asks for. */
export interface AssignmentDraft {
  readonly money: MoneyAddress;
  readonly paymentId: PaymentId;
  readonly maker: StaffCode;
  readonly reason: string;
}

export type ProposeResult =
  /** `destination`: what approving it would do as things stand now. */
  { readonly kind: 'proposed'; readonly proposal: Proposal; readonly destination: Destination } | Refusal;

/** Others may take a step between reading and writing; so many times in a row they do not. */
export const mostRounds = 5;

/** The maker's half: money in suspense is proposed for a payment. Asking for the same again changes nothing. */
export async function proposeAssignment(draft: AssignmentDraft, needs: AssignmentNeeds): Promise<ProposeResult> {
  const { ledger } = needs;
  for (let round = 0; round < mostRounds; round += 1) {
    const seen = await ledger.readSuspense(draft.money);
    if (seen === undefined) return refused('money-unknown');
    const standing = sameProposal(seen, draft);
    const number = standing?.number ?? numberOfNextProposal(seen);
    if (typeof number !== 'number') return number;
    const record = await ledger.readRecord(draft.paymentId);
    if (record === undefined) return refused('payment-unknown');
    const destination = destinationOf(seen, record, needs.merchants);
    if (destination.kind === 'refused') return destination;
    if (standing !== undefined) return { kind: 'proposed', proposal: standing, destination };
    const { paymentId, maker, reason } = draft;
    const proposal: Proposal = { state: 'proposed', number, paymentId, maker, reason, proposedAt: needs.clock() };
    if ((await ledger.propose(seen, proposal)) === 'written') {
      const { gateway, merchant } = draft.money;
      needs.logNews('ASSIGNMENT_PROPOSED', { gateway, merchant, paymentId, number, by: maker });
      return { kind: 'proposed', proposal, destination };
    }
  }
  throw new BrokenInvariant(`money in suspense changed ${mostRounds} times while it was proposed for a payment`);
}

/** The answer to the first request may have been lost on its way. */
function sameProposal({ assignment }: Suspense, draft: AssignmentDraft): Proposal | undefined {
  if (assignment?.state !== 'proposed') return undefined;
  const { paymentId, maker, reason } = assignment;
  return paymentId === draft.paymentId && maker === draft.maker && reason === draft.reason ? assignment : undefined;
}
