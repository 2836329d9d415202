import type { ExceptionAct, ExceptionStep } from '#schemas/exception.ts';
import type { Instant } from '#schemas/ids.ts';
import type { StaffCode } from '#schemas/staff-code.ts';
import type { Exception, ExceptionMove } from './exception.ts';
import type { ReconciliationSettings } from './reconciliation-settings.ts';

/** Why a step is not taken. */
export type ExceptionRefusal =
  /** Somebody else, or a run, took a step after it was read. */
  | { readonly code: 'changed'; readonly last: ExceptionStep }
  | { readonly code: 'closed' }
  | { readonly code: 'not-proposed' }
  | { readonly code: 'already-proposed'; readonly maker: StaffCode }
  | { readonly code: 'same-person' }
  | { readonly code: 'already-assigned' }
  | { readonly code: 'desk-is-nobody' }
  | { readonly code: 'already-escalated' }
  | { readonly code: 'too-many-steps' };

export type ExceptionDecision =
  | { readonly kind: 'move'; readonly move: ExceptionMove }
  /** The same person took this very step before: the answer to it may have been lost. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly refusal: ExceptionRefusal };

export interface ExceptionOrder {
  /** Of the exception as it was read. */
  readonly revision: number;
  readonly act: ExceptionAct;
  readonly by: StaffCode;
}

/** People write no more steps than that; the reconciliation may always write its own. */
export const mostSteps = 100;

/** Decides on a step that somebody wants to take; the ledger writes it on condition that nothing moved meanwhile. */
export function decideStep(
  exception: Exception,
  order: ExceptionOrder,
  at: Instant,
  settings: ReconciliationSettings,
): ExceptionDecision {
  const { act, by, revision } = order;
  const { trail } = exception;
  const step: ExceptionStep = { at, did: did[act.act], by, ...factsOf(act) };
  if (revision !== exception.revision) {
    // Each revision has one step: the one that was taken on what this person had read is behind it.
    const taken = trail[revision];
    if (taken !== undefined && isSameStep(taken, step)) return { kind: 'known' };
    const last = trail.at(-1);
    return refused(last === undefined ? { code: 'closed' } : { code: 'changed', last });
  }
  const refusal = refusalOf(exception, order, settings);
  if (refusal !== undefined) return refused(refusal);
  const after = { ...effectOf(exception, order, at, settings), trail: [...trail, step], revision: revision + 1 };
  const checker = act.act === 'approve' ? { checker: by } : {};
  return { kind: 'move', move: { before: exception, after, ...checker } };
}

const did = {
  assign: 'assigned',
  note: 'noted',
  propose: 'proposed',
  approve: 'approved',
  reject: 'rejected',
  escalate: 'escalated',
} as const satisfies Record<ExceptionAct['act'], ExceptionStep['did']>;

function factsOf({ act: _act, ...facts }: ExceptionAct): Partial<ExceptionStep> {
  return facts;
}

function isSameStep({ at: _then, ...one }: ExceptionStep, { at: _now, ...other }: ExceptionStep): boolean {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const of = (step: object) => new Map(Object.entries(step));
  return keys.every((key) => of(one).get(key) === of(other).get(key));
}

function refusalOf(
  exception: Exception,
  order: ExceptionOrder,
  settings: ReconciliationSettings,
): ExceptionRefusal | undefined {
  const { state, proposal, trail, assignee, isEscalated } = exception;
  const { act } = order;
  if (state === 'closed') return { code: 'closed' };
  if (trail.length >= mostSteps && act.act !== 'approve') return { code: 'too-many-steps' };
  switch (act.act) {
    case 'assign':
      if (isDesk(act.to, settings)) return { code: 'desk-is-nobody' };
      return assignee === act.to ? { code: 'already-assigned' } : undefined;
    case 'note':
      return undefined;
    case 'propose':
      return proposal === undefined ? undefined : { code: 'already-proposed', maker: proposal.maker };
    case 'approve':
    case 'reject':
      return refusalOfDecision(proposal, order);
    case 'escalate':
      return isEscalated ? { code: 'already-escalated' } : undefined;
  }
}

/** The maker may take a proposal back: that ends nothing. */
function refusalOfDecision(proposal: Exception['proposal'], { act, by }: ExceptionOrder): ExceptionRefusal | undefined {
  if (proposal === undefined) return { code: 'not-proposed' };
  return act.act === 'approve' && proposal.maker === by ? { code: 'same-person' } : undefined;
}

function isDesk(code: StaffCode, { accounts, otherDesk, escalationDesk }: ReconciliationSettings): boolean {
  return [otherDesk, escalationDesk, ...accounts.map(({ desk }) => desk)].includes(code);
}

function effectOf(
  exception: Exception,
  { act, by }: ExceptionOrder,
  at: Instant,
  settings: ReconciliationSettings,
): Exception {
  switch (act.act) {
    case 'assign':
      return { ...exception, assignee: act.to };
    case 'note':
      return exception;
    case 'propose':
      return { ...exception, state: 'proposed', proposal: { end: act.end, maker: by, at, note: act.note } };
    case 'approve': {
      const outcome = exception.proposal?.end === 'write-off' ? 'written-off' : 'resolved';
      return { ...exception, state: 'closed', outcome, closedAt: at };
    }
    case 'reject': {
      const { proposal: _gone, ...open } = exception;
      return { ...open, state: 'open' };
    }
    case 'escalate':
      // Whoever took it on keeps it; the desk above hears of it.
      return { ...exception, desk: settings.escalationDesk, isEscalated: true };
  }
}

function refused(refusal: ExceptionRefusal): ExceptionDecision {
  return { kind: 'refused', refusal };
}
