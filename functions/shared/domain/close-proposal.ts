import type { Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import type { DayClose } from './day-close.ts';

/** What the closes of days and months have in common. */
export type CloseProposal = Pick<
  DayClose,
  'state' | 'number' | 'maker' | 'proposedAt' | 'checker' | 'decidedAt' | 'trail' | 'revision'
>;

/** Who does something about a close, and what they say to it. */
export interface CloseWord {
  readonly by: StaffCode;
  readonly at: Instant;
  readonly note?: string | undefined;
}

export type ProposalRefusal =
  | { readonly code: 'already-closed' }
  | { readonly code: 'already-proposed'; readonly maker: StaffCode }
  | { readonly code: 'not-proposed' }
  /** The proposal that waits is not the one that was read. */
  | { readonly code: 'other-proposal' }
  | { readonly code: 'same-person' };

/** The next proposal, in place of one that was rejected or that the books have left behind. */
export function proposed(before: CloseProposal | undefined, { by, at, note }: CloseWord): CloseProposal {
  const number = (before?.number ?? 0) + 1;
  const step = { at, did: 'proposed' as const, by, number, ...(note === undefined ? {} : { note }) };
  return {
    state: 'proposed',
    number,
    maker: by,
    proposedAt: at,
    trail: [...(before?.trail ?? []), step],
    revision: (before?.revision ?? 0) + 1,
  };
}

/** The proposal with the word of a second person. */
export function decided<Close extends CloseProposal>(
  close: Close,
  state: 'closed' | 'rejected',
  { by, at, note }: CloseWord,
): Close {
  const did = state === 'closed' ? 'approved' : 'rejected';
  const step = { at, did, by, number: close.number, ...(note === undefined ? {} : { note }) } as const;
  const { trail, revision } = close;
  return { ...close, state, checker: by, decidedAt: at, trail: [...trail, step], revision: revision + 1 };
}

/** The maker never approves; taking one's own proposal back closes nothing. */
export function refusalOfDecision(
  close: CloseProposal | undefined,
  number: number,
  decision: 'approve' | 'reject',
  by: StaffCode,
): ProposalRefusal | undefined {
  if (close?.state === 'closed') return { code: 'already-closed' };
  if (close?.state !== 'proposed') return { code: 'not-proposed' };
  if (close.number !== number) return { code: 'other-proposal' };
  return decision === 'approve' && close.maker === by ? { code: 'same-person' } : undefined;
}

/** Whether this person made this very decision before: the answer to it may have been lost. */
export function wasDecided(
  close: CloseProposal | undefined,
  number: number,
  state: 'closed' | 'rejected',
  by: StaffCode,
): boolean {
  return close?.state === state && close.number === number && close.checker === by;
}
